import { expect, it } from 'vitest';
import step from '../../../src/steps/mtu-conntrack/offloads-are-sound.js';
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

it('reads the counters of the nodes around the connects', async () => {
  const said = await looking(step, 'offloads-are-sound')(town, { flow: toCart, answers: nodeAnswers('ports-gone') });
  expect(said).toMatchObject({ outcome: 'sound', facts: { nodes: ['node-a', 'node-b'] } });
  expect(said.used.toSorted()).toEqual(step.reads.toSorted());
});
