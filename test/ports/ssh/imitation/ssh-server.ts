import { spawn } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import ssh2, { type AuthContext, type Connection, type ParsedKey } from 'ssh2';
import { onTestFinished } from 'vitest';

/** ECDSA: about one of five hundred ed25519 keys that ssh2 1.17.0 makes, it cannot read itself. */
export const makeKey = (passphrase?: string) =>
  ssh2.utils.generateKeyPairSync('ecdsa', {
    bits: 256,
    ...(passphrase ? { passphrase, cipher: 'aes256-ctr', rounds: 4 } : {}),
  });

/** Reads back a key that `makeKey` wrote. */
export const keyOf = (text: string): ParsedKey => {
  const key = ssh2.utils.parseKey(text);
  if (key instanceof Error) throw key;
  return key;
};

export interface SshServer {
  readonly port: number;
  readonly hostKey: ParsedKey;
  /** How many are connected now. */
  connected(): number;
  /** Users that logged in, in order. */
  readonly logins: string[];
  /** Commands as they arrived. */
  readonly commands: string[];
  /** Cuts every connection. */
  cut(): void;
  /** Listens no more. */
  stop(): Promise<void>;
}

const runs = (command: string, channel: ssh2.ServerChannel, env: NodeJS.ProcessEnv) => {
  const child = spawn('/bin/sh', ['-c', command], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.on('data', (bytes: Buffer) => channel.writable && channel.write(bytes));
  child.stderr.on('data', (bytes: Buffer) => channel.writable && channel.stderr.write(bytes));
  child.on('close', (code, signal) => {
    if (signal) channel.exit(signal);
    else channel.exit(code ?? 0);
    channel.end();
  });
  channel.on('close', () => child.kill('SIGKILL'));
};

/** An SSH server that lets in whoever holds the key, and really runs what it is asked to, as this process. */
export const startSshServer = async (allowed: ParsedKey, env: NodeJS.ProcessEnv = process.env): Promise<SshServer> => {
  const host = makeKey();
  const connections = new Set<Connection>();
  const [logins, commands]: [string[], string[]] = [[], []];
  const knows = (context: AuthContext) =>
    context.method === 'publickey' && context.key.data.equals(allowed.getPublicSSH());
  const server = new ssh2.Server({ hostKeys: [host.private] }, (client) => {
    connections.add(client);
    client.on('error', () => {});
    client.on('close', () => connections.delete(client));
    client.on('authentication', (context) => (knows(context) ? context.accept() : context.reject(['publickey'])));
    client.on('authentication', ({ username, method }) => method === 'publickey' && logins.push(username));
    client.on('session', (accept) =>
      accept().on('exec', (acceptExec, _, { command }) => {
        commands.push(command);
        runs(command, acceptExec(), env);
      }),
    );
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  const cut = () => {
    for (const client of connections) client.end();
  };
  const stop = () => new Promise<void>((resolve) => server.close(() => resolve()));
  onTestFinished(() => {
    cut();
    return stop();
  });
  return {
    port: (server.address() as AddressInfo).port,
    hostKey: keyOf(host.private),
    connected: () => connections.size,
    logins,
    commands,
    cut,
    stop,
  };
};
