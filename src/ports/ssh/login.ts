import type { Duplex } from 'node:stream';
import ssh2, { type AnyAuthMethod, type ConnectConfig, type ServerHostKeyAlgorithm } from 'ssh2';
import type { CannotLook } from '../../domain/cannot-look.js';
import { agentAt, agentSocket } from './agent.js';
import type { HostKeys } from './host-key.js';
import type { KeyFile } from './key-files.js';
import { refusalOf } from './refusal.js';
import type { HostSettings, Surroundings } from './settings.js';

export interface Login {
  readonly settings: HostSettings;
  readonly hostKeys: HostKeys;
  readonly keys: readonly KeyFile[];
  readonly around: Surroundings;
  /** Milliseconds for the connection and the login together. */
  readonly patience: number;
  /** A way through another host; a connection of its own otherwise. */
  readonly through?: Duplex | undefined;
}

const methodsOf = ({ settings, keys, around }: Login): AnyAuthMethod[] => {
  const { user: username, identitiesOnly } = settings;
  const socket = agentSocket(settings, around);
  const only = identitiesOnly ? keys.flatMap(({ blob }) => blob ?? []) : undefined;
  return [
    ...(socket ? [{ type: 'agent' as const, username, agent: agentAt(socket, only) }] : []),
    ...keys.flatMap(({ key }) => (key ? [{ type: 'publickey' as const, username, key }] : [])),
  ];
};

/** Types of host keys, best first. */
const spoken: ServerHostKeyAlgorithm[] = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
  'ssh-rsa',
];
const isSpoken = (type: string): type is ServerHostKeyAlgorithm => spoken.some((one) => one === type);

const keepalive = { keepaliveInterval: 5000, keepaliveCountMax: 3 };

const configOf = (login: Login, verify: (key: Buffer) => boolean): ConnectConfig => {
  const { settings, hostKeys, patience, through } = login;
  return {
    ...{ host: settings.hostname, port: settings.port, username: settings.user, readyTimeout: patience, ...keepalive },
    hostVerifier: verify,
    authHandler: methodsOf(login) as NonNullable<ConnectConfig['authHandler']>,
    algorithms: { serverHostKey: [...new Set([...hostKeys.types.filter(isSpoken), ...spoken])] },
    ...(through ? { sock: through } : {}),
  };
};

/**
 * One SSH connection, logged in.
 * @throws CannotLook with a sentence that names the host; `BeyondSsh2` where ssh itself may know a way
 */
export const login = (wanted: Login, signal: AbortSignal): Promise<ssh2.Client> => {
  const { promise, resolve, reject } = Promise.withResolvers<ssh2.Client>();
  const { settings, hostKeys, keys } = wanted;
  const client = new ssh2.Client();
  const who = { user: settings.user, host: settings.hostname, port: settings.port };
  const notes = keys.flatMap(({ file, problem }) => (problem ? [`${file}: ${problem}`] : []));
  let distrust: CannotLook | undefined;
  const give = (error: unknown) => {
    reject(distrust ?? refusalOf(error, who, notes));
    client.end();
  };
  const abort = () => {
    give(signal.reason);
    // A way that answers nothing would keep the half-made connection, and the process with it.
    client.destroy();
  };
  // Reading the keys took its time, and nobody may want the connection any more.
  if (signal.aborted) {
    abort();
    return promise;
  }
  signal.addEventListener('abort', abort, { once: true });
  // It stays for good: one failure may be told several times, and without a listener each would end the process.
  client.on('error', give);
  client.on('close', () => give(new Error('the connection was closed')));
  client.on('ready', () => {
    signal.removeEventListener('abort', abort);
    resolve(client);
  });
  try {
    client.connect(
      configOf(wanted, (key) => {
        distrust = hostKeys.distrust(key);
        return distrust === undefined;
      }),
    );
  } catch (error) {
    give(error);
  }
  return promise;
};
