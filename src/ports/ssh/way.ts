import type { Duplex } from 'node:stream';
import type { Client } from 'ssh2';
import { hostKeysOf } from './host-key.js';
import type { KeyFiles } from './key-files.js';
import { login } from './login.js';
import { BeyondSsh2, refusalOf } from './refusal.js';
import { type HostSettings, type SshFlags, type Surroundings, settingsOf } from './settings.js';

export interface WayOptions {
  readonly flags: SshFlags;
  readonly around: Surroundings;
  readonly keyFiles: KeyFiles;
  /** Milliseconds for one connection with its login. */
  readonly patience: number;
}

/** A host to log in to, and what else it is called. */
export interface Goal {
  readonly host: string;
  /** Where to connect when the operator's settings do not say. */
  readonly address?: string | undefined;
}

const sock = (client: Client, { hostname, port }: HostSettings): Promise<Duplex> => {
  const { promise, resolve, reject } = Promise.withResolvers<Duplex>();
  client.forwardOut('127.0.0.1', 0, hostname, port, (error, stream) => (error ? reject(error) : resolve(stream)));
  return promise;
};

// "[user@]host[:port]", as ProxyJump takes it.
const hop = /^(?:([^@]+)@)?(\[[^\]]+\]|[^:]+)(?::(\d+))?$/;

/** Opens connections, straight or through other hosts; a host on the way is logged in to once for all behind it. */
export const createWays = ({ flags, around, keyFiles, patience }: WayOptions) => {
  const between = new Map<string, Promise<Client>>();
  const open = new Set<Client>();

  const settingsFor = async ({ host, address }: Goal, own: SshFlags): Promise<HostSettings> => {
    const settings = await settingsOf(host, own, around);
    // Untouched by any file: then the address that the cluster knows is the better one.
    return address && settings.hostname === host ? { ...settings, hostname: address } : settings;
  };

  const enter = async (settings: HostSettings, names: readonly string[], signal: AbortSignal) => {
    if (settings.beyond)
      throw new BeyondSsh2('lost', `SSH: the settings of ${settings.hostname} use ${settings.beyond}.`);
    const last = settings.jumps.at(-1);
    const through = last === undefined ? undefined : await pass(settings, signal);
    const [hostKeys, keys] = await Promise.all([hostKeysOf(settings, names), keyFiles(settings.identityFiles)]);
    const client = await login({ settings, hostKeys, keys, around, patience, through }, signal);
    open.add(client);
    client.once('close', () => open.delete(client));
    return client;
  };

  const jumpTo = (words: string, jumps: readonly string[], signal: AbortSignal): Promise<Client> => {
    const key = [...jumps, words].join(' ');
    const held = between.get(key);
    if (held) return held;
    const [, user, host = words, port] = hop.exec(words) ?? [];
    // A hop has its own settings; the flags for the key and the known hosts hold for it, those of the way do not.
    const own = { ...flags, jump: undefined, user };
    const opening = settingsFor({ host: host.replaceAll(/^\[|\]$/g, '') }, own).then((found) =>
      enter({ ...found, jumps: jumps.length > 0 ? jumps : found.jumps, port: Number(port ?? found.port) }, [], signal),
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
      settingsFor(goal, flags).catch((error: unknown) => {
        throw refusalOf(error, { user: flags.user ?? '', host: goal.host, port: 22 });
      }),
    /** A connection, logged in. Throws `CannotLook`. */
    connect: (settings: HostSettings, { host, address }: Goal, signal: AbortSignal) =>
      enter(settings, [host, ...(address ? [address] : [])], signal),
    close() {
      for (const client of open) client.end();
    },
  };
};
export type Ways = ReturnType<typeof createWays>;
