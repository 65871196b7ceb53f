import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from '../support/temporary.js';

/** An API server that takes every connection and never says a word. */
export const silentServer = async () => {
  const knocked = Promise.withResolvers<void>();
  const server = createServer((socket) => {
    socket.on('error', () => {});
    knocked.resolve();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address() as { port: number };
  const home = await temporaryFolder();
  const config = join(home, 'config');
  await writeFile(
    config,
    JSON.stringify({
      ...{ apiVersion: 'v1', kind: 'Config', 'current-context': 'shop' },
      contexts: [{ name: 'shop', context: { cluster: 'shop', user: 'mira' } }],
      clusters: [{ name: 'shop', cluster: { server: `http://127.0.0.1:${address.port}` } }],
      users: [{ name: 'mira', user: {} }],
    }),
  );
  return { home, config, knocked: knocked.promise };
};
