import type { Duplex } from 'node:stream';
import type { Client } from 'ssh2';
import { CannotLook, sessionClosed } from '../../domain/cannot-look.js';
import { abortable } from '../abortable.js';
import { readHop } from './hop.js';
import { type Called, hostKeysOf, UnknownHostKey } from './host-key.js';
import type { KeyFiles } from './key-files.js';
import { login } from './login.js';
import { BeyondSsh2, refusalOf } from './refusal.js';
import { type HostSettings, type SshFlags, type Surroundings, settingsOf } from './settings.js';
import type { Strangers } from './strangers.js';

export interface WayOptions {
  readonly flags: SshFlags;
  readonly around: Surroundings;
  readonly keyFiles: KeyFiles;
  readonly strangers: Strangers;
  /** Milliseconds for one connection with its login. */
  readonly patience: number;
}

/** A host to log in to, and what else it is called. */
export interface Goal {
  readonly host: string;
  /** Where to connect when the operator's settings do not say. */
  readonly address?: string | undefined;
  readonly annotations?: Called['annotations'];
}

const sock = (client: Client, { hostname, port }: HostSettings): Promise<Duplex> => {
  const { promise, resolve, reject } = Promise.withResolvers<Duplex>();
  client.forwardOut('127.0.0.1', 0, hostname, port, (error, stream) => (error ? reject(error) : resolve(stream)));
  return promise;
};

const settingsTo = async ({ host, address }: Goal, own: SshFlags, around: Surroundings): Promise<HostSettings> => {
  const settings = await settingsOf(host, own, around);
  // Untouched by any file: then the address that the cluster knows is the better one.
  return address && settings.hostname === host ? { ...settings, hostname: address } : settings;
};

/** A server waits for nobody who thinks about its key: the connection ends, and a yes opens another. */
const unlessUnknown = async <T>(attempt: () => Promise<T>, strangers: Strangers, signal: AbortSignal): Promise<T> => {
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof UnknownHostKey)) throw error;
    if (!(await abortable(strangers.mayTrust(error.shown), signal))) throw error;
    return attempt();
  }
};

/** Connections until they end; what comes after the end is ended at once. */
const createHeld = () => {
  const open = new Set<Client>();
  let closed = false;
  return {
    hold(client: Client): Client {
      if (closed) {
        client.end();
        throw new CannotLook('lost', sessionClosed);
      }
      open.add(client);
      client.once('close', () => open.delete(client));
      return client;
    },
    close() {
      closed = true;
      for (const client of open) client.end();
    },
  };
};

/** Opens connections, straight or through other hosts; a host on the way is logged in to once for all behind it. */
export const createWays = ({ flags, around, keyFiles, strangers, patience }: WayOptions) => {
  const between = new Map<string, Promise<Client>>();
  const { hold, close } = createHeld();

  const attempt = async (settings: HostSettings, called: Called, signal: AbortSignal) => {
    const last = settings.jumps.at(-1);
    const through = last === undefined ? undefined : await pass(settings, signal);
    const [hostKeys, keys] = await Promise.all([
      hostKeysOf(settings, called, strangers),
      keyFiles(settings.identityFiles),
    ]);
    return login({ settings, hostKeys, keys, around, patience, through }, signal);
  };

  const enter = async (settings: HostSettings, called: Called, signal: AbortSignal) => {
    if (settings.beyond)
      throw new BeyondSsh2('lost', `SSH: the settings of ${settings.hostname} use ${settings.beyond}.`);
    return hold(await unlessUnknown(() => attempt(settings, called, signal), strangers, signal));
  };

  const jumpTo = (words: string, jumps: readonly string[], signal: AbortSignal): Promise<Client> => {
    const key = [...jumps, words].join(' ');
    const held = between.get(key);
    if (held) return held;
    const { user, host, port } = readHop(words);
    // A hop has its own settings; the flags for the key and the known hosts hold for it, those of the way do not.
    const own = { ...flags, jump: undefined, user };
    const opening = settingsTo({ host }, own, around).then((found) =>
      enter(
        { ...found, jumps: jumps.length > 0 ? jumps : found.jumps, port: Number(port ?? found.port) },
        { names: [] },
        signal,
      ),
    );
    between.set(key, opening);
    opening.then(
      (client) => client.once('close', () => between.delete(key)),
      () => between.delete(key),
    );
    return opening;
  };

  const pass = async (settings: HostSettings, signal: AbortSignal) => {
    const client = await jumpTo(settings.jumps.at(-1) ?? '', settings.jumps.slice(0, -1), signal);
    return sock(client, settings).catch((error: unknown) => {
      const way = settings.jumps.join(', ');
      const { user, hostname: host, port } = settings;
      throw refusalOf(new Error(`through ${way}: ${(error as Error).message}`), { user, host, port });
    });
  };

  return {
    /** The operator's settings for a host. Throws `CannotLook`. */
    settings: (goal: Goal) =>
      settingsTo(goal, flags, around).catch((error: unknown) => {
        throw refusalOf(error, { user: flags.user ?? '', host: goal.host, port: 22 });
      }),
    /** A connection, logged in. Throws `CannotLook`. */
    connect: (settings: HostSettings, { host, address, annotations }: Goal, signal: AbortSignal) =>
      enter(settings, { names: [host, ...(address ? [address] : [])], annotations }, signal),
    close,
  };
};
export type Ways = ReturnType<typeof createWays>;
