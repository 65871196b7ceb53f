import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface BlackHole {
  kubeconfig: string;
  /** Stands for HOME and for the state folder, so that nothing of the operator is touched. */
  folder: string;
  /** Times of `performance.now()` at which somebody connected; cleared by the reader. */
  connections: number[];
  close(): void;
}

/** An API server that takes every connection and never says a word. */
export async function openBlackHole(): Promise<BlackHole> {
  const connections: number[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    connections.push(performance.now());
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  });
  const listening = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', listening.resolve);
  await listening.promise;
  const folder = mkdtempSync(join(tmpdir(), 'net-triage-bench-'));
  const kubeconfig = join(folder, 'kubeconfig');
  writeFileSync(kubeconfig, JSON.stringify(configFor((server.address() as AddressInfo).port)), { mode: 0o600 });
  return {
    kubeconfig,
    folder,
    connections,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const configFor = (port: number) => ({
  apiVersion: 'v1',
  kind: 'Config',
  'current-context': 'silent',
  contexts: [{ name: 'silent', context: { cluster: 'silent', user: 'silent', namespace: 'shop' } }],
  clusters: [{ name: 'silent', cluster: { server: `https://127.0.0.1:${port}`, 'insecure-skip-tls-verify': true } }],
  users: [{ name: 'silent', user: { token: 'nobody-will-read-this' } }],
});
