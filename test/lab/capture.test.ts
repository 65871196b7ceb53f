import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import type { Call } from '../../src/domain/ports.js';
import { createLive, type Live } from '../../src/ports/live/live.js';
import { packetCapture } from '../../src/queries/captures/packet-capture.js';
import { packetSockets } from '../../src/queries/captures/packet-sockets.js';
import { queries } from '../../src/queries/registry.js';
import { never, unclean } from '../ports/live/imitation/target.js';
import { folder, kubeconfig } from './cluster.js';

const node = 'node-b';
const seconds = 3;

const opened: Live[] = [];
const operator = async () => {
  const live = await createLive({
    ...{
      flags: { kubeconfig: kubeconfig() },
      around: { env: { PATH: process.env.PATH }, home: '/nowhere' },
    },
    ...{ level: () => 'node', queries, clean: unclean, version: '0', session: 'lab', requestTimeout: 4_000 },
    nodes: { access: ['ssh'], ssh: { config: `${folder}/ssh/config` }, ask: async () => undefined },
  });
  opened.push(live);
  return live;
};
afterAll(() => Promise.all(opened.map((live) => live.close())));

const call = (query: string, args: object) =>
  ({ port: 'node', node, query, args }) as unknown as Extract<Call, { port: 'node' }>;
const capture = { addresses: ['10.244.0.2'], ports: [53], tunnels: [8472], seconds };

const listeners = async (live: Live) =>
  packetSockets.parse(await live.ask(call('packet-sockets', {}), never), {}).onAny;

const until = async (live: Live, wanted: number) => {
  const end = performance.now() + (seconds + 10) * 1000;
  let found = await listeners(live);
  while (found !== wanted && performance.now() < end) {
    await pause(300);
    found = await listeners(live);
  }
  return found;
};

it('listens for its seconds and not longer', async () => {
  const live = await operator();
  const run = await live.ask(call('packet-capture', capture), never);
  expect(packetCapture.parse(run, capture)).toMatchObject({ listened: true, tellsDevice: true, strange: [] });
  expect(await listeners(live)).toBe(0);
});

it('leaves nothing behind where whoever asked for it is gone', async () => {
  const live = await operator();
  const watcher = await operator();
  const lost = live.ask(call('packet-capture', capture), never).catch((error: unknown) => error);
  expect(await until(watcher, 1)).toBe(1);
  await live.close();
  expect(await lost).toMatchObject({ name: 'CannotLook' });
  expect(await until(watcher, 0)).toBe(0);
});
