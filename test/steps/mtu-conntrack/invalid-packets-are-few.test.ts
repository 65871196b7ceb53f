import { expect, it } from 'vitest';
import step from '../../../src/steps/mtu-conntrack/invalid-packets-are-few.js';
import { toCart } from '../connectivity/shop.js';
import { looking } from '../look.js';
import { answered, judgedBy, nodeAnswers, place, town, window } from './tables.js';

const judged = judgedBy(step, 'invalid-packets-are-few');
const invalid = (count: number) => ({
  conntrack: { count: 10, max: 1000, buckets: 1000, events: { invalid: count } },
});

it.each([
  ['few', window([place('node-a', invalid(0)), place('node-b', invalid(1), 'destination')])],
  ['rising', window([place('node-a', invalid(12)), place('node-b', invalid(0), 'peer')])],
  ['rising', window([place('node-a', invalid(0)), place('node-b', invalid(12), 'destination')])],
  ['rising-unfelt', window([place('node-a', invalid(40))], answered)],
  // What every node sees at the same time belongs to something else.
  ['few', window([place('node-a', invalid(12)), place('node-b', invalid(11), 'peer')])],
  ['few', window([place('node-a', invalid(3))])],
  ['not-counted', window([{ ...place('node-a'), after: { ...place('node-a').after, conntrack: undefined } }])],
])('%s', (outcome, evidence) => expect(judged(evidence).outcome).toBe(outcome));

it('stays calm over the counters of a kernel that ran out of ports', async () => {
  const said = await looking(step, 'invalid-packets-are-few')(town, {
    flow: toCart,
    answers: nodeAnswers('ports-gone'),
  });
  expect(said).toMatchObject({ outcome: 'few', facts: { failed: 2 } });
  expect(said.used.toSorted()).toEqual(step.reads.toSorted());
});
