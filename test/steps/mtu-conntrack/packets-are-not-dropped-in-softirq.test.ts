import { expect, it } from 'vitest';
import step from '../../../src/steps/mtu-conntrack/packets-are-not-dropped-in-softirq.js';
import { toCart } from '../connectivity/shop.js';
import { looking } from '../look.js';
import { answered, judgedBy, nodeAnswers, place, quiet, town, window } from './tables.js';

const judged = judgedBy(step, 'packets-are-not-dropped-in-softirq');
const queues = (dropped: number, squeezed = 0) => ({
  softnet: {
    cpus: 2,
    dropped: (quiet.softnet?.dropped ?? 0) + dropped,
    squeezed: (quiet.softnet?.squeezed ?? 0) + squeezed,
  },
});

it.each([
  ['calm', window([place('node-a', queues(0, 3))])],
  ['dropping', window([place('node-a', queues(9))])],
  ['dropping-unfelt', window([place('node-a', queues(9))], answered)],
  ['squeezed', window([place('node-a', queues(0, 900))])],
  ['not-counted', window([{ ...place('node-a'), after: { ...quiet, softnet: undefined } }])],
  // Another node that is busy is none of this flow.
  ['calm', window([place('node-a'), place('node-c', queues(9), 'peer')])],
])('%s', (outcome, evidence) => expect(judged(evidence).outcome).toBe(outcome));

it('reads the queues of the nodes around the connects', async () => {
  const look = looking(step, 'packets-are-not-dropped-in-softirq');
  const said = await look(town, { flow: toCart, answers: nodeAnswers('ports-gone') });
  expect(said).toMatchObject({ outcome: 'calm', facts: { cpus: 2, dropped: 0 } });
  expect(said.used.toSorted()).toEqual(step.reads.toSorted());
});
