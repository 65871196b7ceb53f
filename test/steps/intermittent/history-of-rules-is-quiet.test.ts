import { expect, it } from 'vitest';
import step from '../../../src/steps/intermittent/history-of-rules-is-quiet.js';
import { fakeWorld, portsOver } from '../../support/fake-world.js';
import { cart, client, toCart } from '../connectivity/shop.js';
import { judgedBy } from '../mtu-conntrack/tables.js';
import { began, lookedBack, nothingKept, recordedHistory } from './kept.js';

const judged = judgedBy(step, 'history-of-rules-is-quiet');
const rules = ([waiting, sync]: readonly [readonly [number, number], readonly [number, number]]) => {
  const labels = { instance: 'node-a' };
  return lookedBack([
    { what: 'waiting-seconds', labels, before: waiting[0], since: waiting[1] },
    { what: 'sync-seconds', labels, before: sync[0], since: sync[1] },
  ]);
};

it.each([
  [
    'quiet',
    rules([
      [0, 0],
      [0.1, 0.2],
    ]),
  ],
  [
    'changes-waited',
    rules([
      [0, 90],
      [0.1, 0.2],
    ]),
  ],
  [
    'changes-took-long',
    rules([
      [0, 0],
      [0.5, 8],
    ]),
  ],
  [
    'high-before',
    rules([
      [0, 0],
      [8, 8],
    ]),
  ],
  ['partly-kept', lookedBack([{ what: 'sync-seconds', labels: { instance: 'node-a' }, before: 0, since: 0 }])],
  ['nothing-kept', lookedBack([])],
  ['no-history', nothingKept],
])('%s', (outcome, evidence) => expect(judged(evidence).outcome).toBe(outcome));

it('is quiet on a node where nothing changed', () => {
  const evidence = { history: recordedHistory('rules'), began, names: {}, owners: ['node-c'] };
  expect(judged(evidence)).toMatchObject({ outcome: 'quiet', facts: { unseen: [] } });
});

it('asks for the node that the flow starts on', async () => {
  const fake = fakeWorld({ services: [cart], pods: [client] }, { history: () => recordedHistory('rules') });
  await step.collect(portsOver(step, fake), toCart, fake.signal);
  expect(fake.calls.at(-1)).toMatchObject({ question: 'rule-history', args: { nodes: ['node-a'] } });
});
