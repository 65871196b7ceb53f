import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import { parseLookupTimes } from '../../../src/parse/lookup-times.js';
import step from '../../../src/steps/mtu-conntrack/parallel-lookups-are-answered.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { toCart } from '../connectivity/shop.js';
import { looking } from '../look.js';
import { judgedBy, town } from './tables.js';

const judged = judgedBy(step, 'parallel-lookups-are-answered');
const looked = (name: string, clashes?: number) => ({
  ...{ node: 'node-a', name: 'kubernetes.default.svc.cluster.local.' },
  lookups: parseLookupTimes(recorded('lookup-times', name), 'getent'),
  ...(clashes === undefined ? {} : { clashes }),
});

it.each([
  ['quick', looked('quick', 0)],
  ['clashing', looked('some-slow', 3)],
  // Newer kernels settle clashes: whatever made these slow, it was not that.
  ['some-slow', looked('some-slow', 0)],
  ['some-slow-uncounted', looked('some-slow')],
  ['all-slow', looked('all-slow', 3)],
  ['not-answered', looked('silent', 3)],
  ['no-source', { ...looked('quick'), node: '', lookups: [] }],
  // A busy node drops clashing packets of others all the time.
  ['quick', looked('quick', 40)],
])('%s', (outcome, evidence) => expect(judged(evidence).outcome).toBe(outcome));

it('counts the slow ones', () => {
  expect(judged(looked('some-slow', 3)).facts).toMatchObject({ tries: 20, clashes: 3 });
  expect(Number(judged(looked('some-slow', 3)).facts.slow)).toBeGreaterThan(0);
});

const seen = (before: string, after: string) =>
  looking(step, 'parallel-lookups-are-answered')(town, {
    flow: toCart,
    answers: {
      pod: (query) =>
        query === 'lookup-times'
          ? ran(recorded('lookup-times', 'some-slow'), { tool: 'getent' })
          : ran(recorded('resolv-conf', 'cluster')),
      node: (_, { since }) => {
        const name = since === '1' ? before : after;
        if (name === 'forbidden') throw new CannotLook('forbidden', 'Permission denied');
        return ran(recorded('kernel-counters', name), { tool: 'grep' });
      },
    },
  });

it('reads the table of the node around the lookups', async () => {
  const found = await seen('before', 'ports-gone');
  expect(found).toMatchObject({ outcome: 'clashing', facts: { node: 'node-a' } });
  expect(found.used).toEqual(step.reads);
});

it('says how slow they are where the node cannot be read', async () => {
  const found = await seen('forbidden', 'forbidden');
  expect(found).toMatchObject({ outcome: 'some-slow-uncounted', facts: { tries: 20 } });
  expect(found.facts).not.toHaveProperty('clashes');
});
