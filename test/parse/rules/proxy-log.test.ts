import fc from 'fast-check';
import { expect, it } from 'vitest';
import { complaintIn } from '../../../src/parse/rules/proxy-log.js';
import { recorded } from '../recorded.js';

const now = Date.parse('2026-11-21T10:58:00Z');
const log = (name: string) => recorded('kube-proxy-log', name);
const found = (name: string, since = 0) => complaintIn(log(name), { now, since });

it.each([
  ['no-conntrack-rights', 'conntrack', 'nf_conntrack_max: permission denied'],
  ['lock-held', 'lock', 'Another app is currently holding the xtables lock'],
  ['lock-held', 'lock-later', 'holding the xtables lock'],
  ['no-rights', 'forbidden', 'endpointslices'],
  ['ipvs-unsupported', 'no-ipvs', 'Ipvs not supported'],
])('%s', (what, name, words) => {
  expect(found(name)).toMatchObject({ what });
  expect(found(name)?.line).toContain(words);
});

it('finds nothing in the log of a start that went well', () => expect(found('healthy')).toBeUndefined());

it('leaves out what was long ago, and what stands in its lines', () => {
  expect(found('lock', Date.parse('2026-11-21T10:57:17Z'))).toBeUndefined();
  expect(found('lock', Date.parse('2026-11-21T10:57:00Z'))).toMatchObject({ what: 'lock-held' });
});

it('takes a line of last December for one of last year', () => {
  const line = 'E1231 23:59:00.000000       1 x.go:1] "Another app is currently holding the xtables lock"';
  const january = Date.parse('2027-01-01T00:01:00Z');
  expect(complaintIn(line, { now: january, since: january - 600_000 })?.what).toBe('lock-held');
});

it('never throws', () => {
  fc.assert(fc.property(fc.string(), (text) => complaintIn(text, { now, since: 0 })?.line.length !== 0));
});
