import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseConntrackStatistics, parseProcConntrackStat } from '../../../src/parse/kernel/conntrack-statistics.js';

const corpus = (name: string) =>
  readFileSync(new URL(`../../fixtures/corpus/plain/conntrack-table-full/node-a/${name}.txt`, import.meta.url), 'utf8');

it('sums the words of conntrack over all processors', () => {
  expect(parseConntrackStatistics(corpus('conntrack-statistics'))).toEqual({
    ...{ found: 0, invalid: 2, insert: 0, insert_failed: 0, drop: 3, early_drop: 0 },
    ...{ error: 0, search_restart: 0, clash_resolve: 0, chaintoolong: 0 },
  });
});

it('finds the same in the file of the kernel', () => {
  const said = parseProcConntrackStat(corpus('proc-net-stat-nf-conntrack').trim().split('\n'));
  expect(said).toMatchObject({ invalid: 2, insert_failed: 0, drop: 3, early_drop: 0 });
  expect(said).not.toHaveProperty('entries');
});

it.each(['', 'conntrack v1.4.7 (conntrack-tools): Operation failed: sorry', 'cpu=0\n'])(
  'says nothing of %j',
  (text) => {
    expect(parseConntrackStatistics(text)).toBeUndefined();
    expect(parseProcConntrackStat(text.split('\n'))).toBeUndefined();
  },
);

it('throws at no text', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      parseConntrackStatistics(`cpu=0 ${text}`);
      parseProcConntrackStat(['entries drop', text]);
    }),
  );
});
