import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseDeviceMtus } from '../../../src/parse/kernel/device-mtus.js';
import step from '../../../src/steps/mtu-conntrack/device-mtus-agree.js';
import { ran } from '../../support/fake-world.js';
import { toCart } from '../connectivity/shop.js';
import { looking } from '../look.js';
import { judgedBy, town, unseenSource } from './tables.js';

const judged = judgedBy(step, 'device-mtus-agree');
const corpus = (place: string) =>
  readFileSync(new URL(`../../fixtures/corpus/${place}/ip-addr.json`, import.meta.url), 'utf8');
const healthy = corpus('plain/healthy/node-b');
const routed = corpus('routed/healthy/node-b');

/** The devices of a real node, some of them with another size. */
const node = (name: string, mtus: Record<string, number> = {}, real = healthy) => ({
  ...{ node: name, role: name === 'node-a' ? 'source' : 'destination', address: '10.0.0.12' },
  devices: parseDeviceMtus(real)?.map((one) => ({ ...one, mtu: mtus[one.name] ?? one.mtu })),
});
const pod = (mtu: number) => [{ pod: 'client', mtus: { lo: 65_536, eth0: mtu } }];
const seen = (nodes: object[], pods: object[] = pod(1450)) => ({ seen: nodes, unseen: [], pods });

it.each([
  ['agree', seen([node('node-a'), node('node-b')])],
  ['pod-above-tunnel', seen([node('node-a'), node('node-b')], pod(1500))],
  ['uplinks-differ', seen([node('node-a'), node('node-b', { eth0: 1400 })])],
  ['tunnel-above-uplink', seen([node('node-a', { eth0: 1400 }), node('node-b', { eth0: 1400 })])],
  ['partly-seen', { ...seen([node('node-b')]), ...unseenSource }],
  // Odd and sound: jumbo frames everywhere, jumbo frames on one node behind the same tunnels, a Pod with less.
  [
    'agree',
    seen(
      [node('node-a', { eth0: 9001, 'flannel.1': 8951 }), node('node-b', { eth0: 9001, 'flannel.1': 8951 })],
      pod(8951),
    ),
  ],
  ['agree', seen([node('node-a', { eth0: 9001 }), node('node-b')])],
  ['agree', seen([node('node-a'), node('node-b')], pod(1280))],
  // No tunnel: Pods may use the whole card, but not that of the wider node.
  ['agree', seen([node('node-a', {}, routed), node('node-b', {}, routed)], pod(1500))],
  ['uplinks-differ', seen([node('node-a', { eth0: 9001 }, routed), node('node-b', {}, routed)], pod(9001))],
])('%s', (outcome, evidence) => expect(judged(evidence).outcome).toBe(outcome));

it('reads nodes and Pods, and lives without those that have no shell', async () => {
  const answers = {
    node: () => ran(healthy, { tool: 'ip' }),
    pod: () => ran('eth0 1500\nlo 65536\n', { tool: 'sh' }),
  };
  const said = await looking(step, 'device-mtus-agree')(town, { flow: toCart, answers });
  expect(said).toMatchObject({ outcome: 'pod-above-tunnel', result: 'warn' });
  expect(said.facts).toMatchObject({
    has: 'client eth0 1500',
    above: 'flannel.1 1450',
    pods: ['client 1500', 'cart-7 1500'],
  });
  expect(said.used.toSorted()).toEqual(step.reads.toSorted());
  const mute = await looking(step, 'device-mtus-agree')(town, {
    flow: toCart,
    answers: { ...answers, pod: () => ran('') },
  });
  expect(mute).toMatchObject({ outcome: 'agree', facts: { pods: [] } });
});
