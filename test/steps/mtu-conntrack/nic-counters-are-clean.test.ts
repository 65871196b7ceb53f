import { expect, it } from 'vitest';
import { parseCounters } from '../../../src/parse/kernel/counters.js';
import step from '../../../src/steps/mtu-conntrack/nic-counters-are-clean.js';
import { corpus } from '../../parse/corpus.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { toCart } from '../connectivity/shop.js';
import { looking } from '../look.js';
import { judgedBy, nodeAnswers, place, town, window } from './tables.js';

const judged = judgedBy(step, 'nic-counters-are-clean');
const none = { rxErrors: 0, rxDropped: 0, rxFifo: 0, rxFrame: 0, txErrors: 0, txDropped: 0, txFifo: 0, txCarrier: 0 };
const card = (name: string, rise: object) => {
  const pair = place('node-a');
  const before = { ...pair.before, devices: { [name]: { ...none, rxErrors: 70_000 } } };
  return { ...pair, before, after: { ...before, devices: { [name]: { ...none, rxErrors: 70_000, ...rise } } } };
};

it.each([
  // Old totals, however high, are history.
  ['clean', window([card('eth0', {})])],
  ['rising', window([card('ens192', { rxErrors: 70_005 })])],
  ['rising', window([card('bond0', { txCarrier: 2 })])],
  ['no-card', window([card('veth12ab', { rxErrors: 70_005 })])],
  // Frames of protocols that nobody listens to, and a counter that a restarted driver set back.
  ['clean', window([card('eth0', { rxDropped: 50 })])],
  ['clean', window([card('eth0', { rxErrors: 3 })])],
  // A ring that overflows, which only the driver tells.
  [
    'rising',
    window([card('eth0', {})], { lost: [{ node: 'node-a', device: 'eth0', word: 'rx_missed_errors', count: 9 }] }),
  ],
  [
    'clean',
    window([card('eth0', {})], { lost: [{ node: 'node-b', device: 'eth0', word: 'rx_missed_errors', count: 9 }] }),
  ],
])('%s', (outcome, evidence) => expect(judged(evidence).outcome).toBe(outcome));

it('is no failure by itself: an error on a card need not be one of this flow', () => {
  expect(Object.values(step.outcomes)).not.toContain('fail');
});

it('reads what the driver counts before and after', async () => {
  const statistics = corpus('plain/healthy/node-b/ethtool-statistics.txt');
  const said = await looking(step, 'nic-counters-are-clean')(town, {
    flow: toCart,
    answers: {
      ...nodeAnswers('machine', 'machine'),
      node: (query, args, node) => {
        if (query === 'device-names') return ran('eth0\nlo\n');
        if (query !== 'card-statistics') return nodeAnswers('machine', 'machine').node(query, args);
        // A card of this machine has no such counter, so that of a driver with a ring takes the place of another.
        const named = statistics.replace(
          'rx_queue_0_drops: 0',
          `rx_missed_errors: ${args.since === '2' && node === 'node-b' ? 4 : 0}`,
        );
        return ran(named, { tool: 'ethtool' });
      },
    },
  });
  expect(said.evidence.lost).toEqual([{ node: 'node-b', device: 'eth0', word: 'rx_missed_errors', count: 4 }]);
});

it('reads the cards of a real machine', async () => {
  const said = await looking(step, 'nic-counters-are-clean')(town, {
    flow: toCart,
    answers: nodeAnswers('machine', 'machine'),
  });
  const names = Object.keys(parseCounters(recorded('kernel-counters', 'machine'))?.devices ?? {});
  expect(said.outcome).toBe(names.some((name) => name.startsWith('eth')) ? 'clean' : 'no-card');
  expect(said.used.toSorted()).toEqual(step.reads.toSorted());
});
