import { expect, it } from 'vitest';
import { parseConnect } from '../../../src/parse/connect.js';
import step from '../../../src/steps/mtu-conntrack/source-ports-are-left.js';
import { toCart } from '../connectivity/shop.js';
import { looking } from '../look.js';
import { answered, judgedBy, nodeAnswers, place, quiet, town, window } from './tables.js';

const judged = judgedBy(step, 'source-ports-are-left');
const clashes = (count: number) => ({
  conntrack: { count: 10, max: 1000, buckets: 1000, events: { insert_failed: count, drop: count } },
});
const noPort = parseConnect('try 1 exit=1 from=1.0 to=1.0 nc: bind: Cannot assign requested address\n', 'nc');
const uncounted = { ...place('node-a'), after: { ...place('node-a').after, conntrack: undefined } };

it.each([
  ['left', window([place('node-a', clashes(0))])],
  ['node-used-up', window([place('node-a', clashes(12))])],
  ['own-used-up', window([place('node-a', clashes(0))], { connects: noPort })],
  ['own-nearly-used', window([place('node-a', clashes(0))], { own: { ...quiet, timeWait: 27_000 } })],
  ['not-counted', window([uncounted])],
  // A clash now and then is resolved by another try, and one that hit nobody of ours is no fault of ours.
  ['left', window([place('node-a', clashes(1))])],
  ['left', window([place('node-a', clashes(40))], answered)],
  ['left', window([place('node-a', clashes(0)), place('node-b', clashes(40), 'peer')])],
])('%s', (outcome, evidence) => expect(judged(evidence).outcome).toBe(outcome));

it('sees the ports of a translation run out under connects that fail', async () => {
  const said = await looking(step, 'source-ports-are-left')(town, { flow: toCart, answers: nodeAnswers('ports-gone') });
  expect(said).toMatchObject({ outcome: 'node-used-up', result: 'fail', facts: { node: 'node-a', clashes: 12 } });
  expect(said.used.toSorted()).toEqual(step.reads.toSorted());
});
