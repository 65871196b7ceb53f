import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseCpuStat } from '../../../src/parse/kernel/cpu-stat.js';
import { recorded } from '../recorded.js';

it('reads what a cgroup of version 1 counts, before and after a program stood at its limit', () => {
  const [before, after] = [
    parseCpuStat(recorded('cpu-stat', 'v1-before')),
    parseCpuStat(recorded('cpu-stat', 'v1-throttled')),
  ];
  expect(after?.throttled).toBeGreaterThan((before?.throttled ?? 0) + 5);
  expect(after?.periods).toBeGreaterThanOrEqual(after?.throttled ?? 0);
});

it.each(['', 'usage_usec 17\nuser_usec 9\nsystem_usec 8\n', 'nr_throttled 2\n', 'cat: No such file or directory'])(
  'tells nothing of %j',
  (text) => expect(parseCpuStat(text)).toBeUndefined(),
);

it('never throws', () => fc.assert(fc.property(fc.string(), (text) => void parseCpuStat(text))));
