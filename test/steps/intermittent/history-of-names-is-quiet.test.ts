import { expect, it } from 'vitest';
import step from '../../../src/steps/intermittent/history-of-names-is-quiet.js';
import { fakeWorld, portsOver } from '../../support/fake-world.js';
import { toCart } from '../connectivity/shop.js';
import { judgedBy } from '../mtu-conntrack/tables.js';
import { began, lookedBack, nothingKept, recordedHistory } from './kept.js';

const judged = judgedBy(step, 'history-of-names-is-quiet');
const names = (failed: readonly [number, number], seconds: readonly [number, number]) =>
  lookedBack(
    [
      { what: 'failed-share', before: failed[0], since: failed[1] },
      { what: 'answer-seconds', before: seconds[0], since: seconds[1] },
    ],
    { owners: [''] },
  );

it.each([
  ['quiet', names([0, 0.01], [0.01, 0.02])],
  ['more-failed', names([0.001, 0.4], [0.01, 2])],
  ['answers-took-long', names([0, 0], [0.02, 4])],
  ['high-before', names([0.4, 0.4], [0.01, 0.01])],
  ['partly-kept', lookedBack([{ what: 'failed-share', before: 0, since: 0 }], { owners: [''] })],
  ['nothing-kept', lookedBack([], { owners: [''] })],
  ['no-history', nothingKept],
])('%s', (outcome, evidence) => expect(judged(evidence).outcome).toBe(outcome));

it('finds the recording of a CoreDNS that nobody troubled quiet', async () => {
  const fake = fakeWorld({}, { history: () => recordedHistory('names') });
  const evidence = await step.collect(portsOver(step, fake, { since: began * 1000 }), toCart, fake.signal);
  expect(judged(evidence).outcome).toBe('quiet');
});
