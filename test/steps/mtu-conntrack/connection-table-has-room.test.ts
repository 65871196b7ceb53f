import { expect, it } from 'vitest';
import step from '../../../src/steps/mtu-conntrack/connection-table-has-room.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { toCart } from '../connectivity/shop.js';
import { looking } from '../look.js';
import { answered, judgedBy, place, town, unseenSource, window } from './tables.js';

const table = (count: number, events: Record<string, number> = {}, buckets = 65_536) => ({
  conntrack: { count, max: 1000, buckets, events: { drop: 0, early_drop: 0, insert_failed: 0, ...events } },
});
const judged = judgedBy(step, 'connection-table-has-room');

it.each([
  ['room', window([place('node-a', table(200)), place('node-b', table(10))])],
  ['full', window([place('node-a', table(200)), place('node-b', table(1000, { drop: 6 }))])],
  ['full', window([place('node-a', table(990, { early_drop: 6 }))])],
  // A full table that loses nothing while the flow is asked, and one that nobody waits for.
  ['nearly-full', window([place('node-a', table(1000))])],
  ['nearly-full', window([place('node-a', table(1000, { drop: 6 }))], answered)],
  // Clashes of translated ports count as drops too.
  ['nearly-full', window([place('node-a', table(950, { drop: 6, insert_failed: 6 }))])],
  ['room', window([place('node-a', table(200, { drop: 6 }))])],
  ['long-chains', window([place('node-a', table(850, {}, 64))])],
  ['partly-seen', window([place('node-b', table(10), 'destination')], unseenSource)],
  ['full', window([place('node-b', table(1000, { drop: 6 }), 'destination')], unseenSource)],
  // Replaced by eBPF: no module, no table.
  ['no-table', window([{ ...place('node-a'), before: without(), after: without() }])],
])('%s', (outcome, evidence) => expect(judged(evidence).outcome).toBe(outcome));

function without() {
  return { ...place('node-a').before, conntrack: undefined };
}

it('names the node that is full beside the one that is not', () => {
  const evidence = window([place('node-a', table(20)), place('node-b', table(1000, { drop: 6 }))]);
  expect(judged(evidence).facts).toMatchObject({ node: 'node-b', percent: 100, lost: 6, others: ['node-a 20/1000'] });
});

it('reads before and after connects of its own, and raises no alarm for ports that ran out', async () => {
  const asked: string[] = [];
  const answers = {
    pod: (query: string) => {
      asked.push(query);
      return ran(recorded('nc-busybox', 'connect-timeout'), { tool: 'nc' });
    },
    node: (query: string, args: object, node: string) => {
      asked.push(`${query} ${node}`);
      return ran(recorded('kernel-counters', 'since' in args ? 'ports-gone' : 'before'), { tool: 'grep' });
    },
  };

  const said = await looking(step, 'connection-table-has-room')(town, { flow: toCart, answers });
  expect(said).toMatchObject({ outcome: 'room', facts: { lost: 0, failed: 2, max: 262_144 } });
  expect(said.en).toContain('node-a tracks 4 of 262144');
  const both = ['kernel-counters node-a', 'kernel-counters node-b'];
  expect(asked).toEqual([...both, 'connect-anew', ...both]);
  expect(said.used.toSorted()).toEqual(step.reads.toSorted());
});
