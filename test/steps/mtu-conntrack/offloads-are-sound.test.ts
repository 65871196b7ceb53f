import { expect, it } from 'vitest';
import step from '../../../src/steps/mtu-conntrack/offloads-are-sound.js';
import { corpus } from '../../parse/corpus.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { toCart } from '../connectivity/shop.js';
import { looking } from '../look.js';
import { answered, judgedBy, nodeAnswers, place, quiet, town, window } from './tables.js';

const judged = judgedBy(step, 'offloads-are-sound');
const wrong = (count: number) => ({
  mib: { ...quiet.mib, UdpInCsumErrors: (quiet.mib.UdpInCsumErrors ?? 0) + count },
});

it.each([
  ['sound', window([place('node-a'), place('node-b', {}, 'destination')])],
  ['wrong-checksums', window([place('node-a'), place('node-b', wrong(12), 'destination')])],
  ['wrong-unfelt', window([place('node-b', wrong(12), 'destination')], answered)],
  ['wrong-unfelt', window([place('node-b', wrong(1), 'destination')])],
  ['not-counted', window([{ ...place('node-a'), after: { ...quiet, mib: {} } }])],
  // Broken frames that another node gets say nothing of this way.
  ['sound', window([place('node-a'), place('node-c', wrong(12), 'peer')])],
])('%s', (outcome, evidence) => expect(judged(evidence).outcome).toBe(outcome));

it('tells whether the tunnel leaves the checksum to the card', async () => {
  const counters = recorded('kernel-counters', 'machine').replaceAll('eth0:', 'flannel.1:');
  const features = corpus('plain/healthy/node-b/ethtool-features.txt');
  const said = await looking(step, 'offloads-are-sound')(town, {
    flow: toCart,
    answers: {
      ...nodeAnswers('machine', 'machine'),
      node: (query) => ran(query === 'card-features' ? features : counters, { tool: 'grep' }),
    },
  });
  const states = said.evidence.offloads.map(({ state }: { state: string }) => state);
  expect(states).toEqual(/^\s*tx-checksum-ip-generic: on/m.test(features) ? ['on', 'on'] : ['off', 'off']);
});

it('reads the counters of the nodes around the connects', async () => {
  const said = await looking(step, 'offloads-are-sound')(town, { flow: toCart, answers: nodeAnswers('ports-gone') });
  expect(said).toMatchObject({ outcome: 'sound', facts: { nodes: ['node-a', 'node-b'] } });
  expect(said.used.toSorted()).toEqual(step.reads.toSorted());
});
