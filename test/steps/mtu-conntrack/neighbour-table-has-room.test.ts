import { expect, it } from 'vitest';
import step from '../../../src/steps/mtu-conntrack/neighbour-table-has-room.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { far, toCart } from '../connectivity/shop.js';
import { looking } from '../look.js';
import { answered, judgedBy, nodeAnswers, place, quiet, town, window } from './tables.js';

const judged = judgedBy(step, 'neighbour-table-has-room');
const limited = (entries: number, overflows: number) => {
  const pair = place('node-b', {}, 'destination');
  const neighbours = (count: number) => ({ neighbourLimit: 1000, neighbours: { entries, overflows: count } });
  return { ...pair, before: { ...quiet, ...neighbours(7) }, after: { ...quiet, ...neighbours(7 + overflows) } };
};
const unlimited = place('node-b', {}, 'destination');
const hidden = { ...place('node-b', { neighbourLimit: 16 }, 'destination'), before: { ...quiet, neighbourLimit: 16 } };
const table = (count: number, more: { lacking?: string[]; logged?: number } = {}) => ({
  tables: [{ node: 'node-b', count, lacking: [], logged: 0, ...more }],
});

it.each([
  ['room', window([limited(40, 0)], table(4))],
  ['full', window([limited(1000, 12)], table(4))],
  // In a namespace of its own a node sees neither the size of the table nor what it turned away.
  ['full', window([unlimited], table(14, { lacking: [far], logged: 3 }))],
  ['nearly-full', window([unlimited], { ...table(14, { logged: 3 }), ...answered })],
  ['nearly-full', window([hidden], table(14))],
  ['nearly-full', window([limited(1000, 12)], { ...table(4), ...answered })],
  ['not-counted', window([unlimited], table(3))],
  // A Pod that nobody spoke to for a while has no entry, and needs none.
  ['room', window([limited(40, 0)], table(4, { lacking: [far] }))],
])('%s', (outcome, evidence) => expect(judged(evidence).outcome).toBe(outcome));

it('claims no limit that the node does not show', () => {
  const limitOf = (pair: typeof unlimited) =>
    judged(window([pair], table(14, { lacking: [far], logged: 3 }))).facts.limit;
  expect([limitOf(unlimited), limitOf(limited(40, 3))]).toEqual(['', 1000]);
});

it('asks the node of the endpoint for exactly that neighbour', async () => {
  const counters = nodeAnswers('ports-gone');
  const asked: object[] = [];
  const answers = {
    ...counters,
    node: (query: string, args: object) => {
      if (query === 'neighbour-count') return ran('3\n', { tool: 'grep' });
      if (query === 'kernel-log') return ran(recorded('dmesg', 'tables-full'), { tool: 'dmesg' });
      if (query !== 'neighbour') return counters.node(query, args);
      asked.push(args);
      return ran(recorded('ip-neigh', 'absent'), { tool: 'ip' });
    },
  };
  const said = await looking(step, 'neighbour-table-has-room')(town, { flow: toCart, answers });
  expect(said).toMatchObject({ outcome: 'full', result: 'fail', facts: { node: 'node-b', lacking: [far] } });
  expect(asked).toEqual([{ address: far }]);
  expect(said.used.toSorted()).toEqual(step.reads.toSorted());
});
