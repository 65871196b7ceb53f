import { expect, it } from 'vitest';
import { gatherRows } from '../../../lab/suite/gather-rows.ts';
import type { Row } from '../../../lab/suite/row.ts';

const row = (fault: string, more: Partial<Row> = {}): Row => ({
  ...{ fault, profile: 'plain', run: 'admin probe', expected: 'SVC-01', result: 'found', top: 'SVC-01' },
  ...{ certainty: 'certain', verdict: 'right', open: '', notes: [] },
  ...{ seconds: 1, requests: 10, bytes: 1000, commands: 3 },
  ...more,
});
const faults = (...names: string[]) => names.map((name) => ({ name }));

it('takes the later of two runs of the same', () => {
  const early = [row('gone-pod', { verdict: 'wrong' }), row('gone-pod', { run: 'admin node' })];
  const late = [row('gone-pod')];
  expect(gatherRows([early, late], faults('gone-pod')).rows).toEqual([
    row('gone-pod'),
    row('gone-pod', { run: 'admin node' }),
  ]);
});

it('forgets what is no fault any more', () => {
  expect(gatherRows([[row('once-there')]], [])).toEqual({ rows: [], missing: [] });
});

it('names the faults that nobody has played', () => {
  expect(gatherRows([[row('gone-pod')]], faults('gone-pod', 'one-more')).missing).toEqual(['one-more']);
});
