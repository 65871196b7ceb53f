import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connectFactsSchema, parseConnect } from '../../src/parse/connect.js';
import { lateOf, readResent, slowestOf } from '../../src/parse/late.js';
import { recorded } from './recorded.js';

const tries = (...times: (number | undefined)[]) =>
  times.map((ms) => ({ class: 'open' as const, message: '', ...(ms === undefined ? {} : { ms }) }));

describe.each(['nc-busybox', 'nc-openbsd', 'bash', 'curl'])('by %s', (tool) => {
  it('counts the connects whose first packet was lost and sent again', () => {
    const facts = parseConnect(recorded(tool, 'connect-late'), tool);
    expect(facts).toMatchObject({ open: 9, failed: 0, of: 9, resent: 3 });
    expect(lateOf(facts)).toBe(3);
    expect(slowestOf(facts)).toBeGreaterThan(990);
    expect(slowestOf(facts)).toBeLessThan(1250);
  });

  it('counts none where everything came through', () => {
    const facts = parseConnect(recorded(tool, 'connect-counted'), tool);
    expect(facts).toMatchObject({ open: 9, resent: 0 });
    expect(lateOf(facts)).toBe(0);
  });
});

it('blames no network for a server that answers what was asked late, nor for a busy machine', () => {
  expect(lateOf({ tries: tries(1010, 1010, 1010), resent: 0 })).toBe(0);
  expect(lateOf({ tries: tries(1500, 10, 1480), resent: 2 })).toBe(0);
  expect(lateOf({ tries: tries(920, 1480, 10), resent: 1 })).toBe(1);
});

it('takes none of the retransmissions of others for its own', () => {
  expect(lateOf({ tries: tries(10, 20, 10), resent: 6 })).toBe(0);
  expect(lateOf({ tries: tries(1010, 20, 10), resent: 6 })).toBe(1);
});

describe('where nobody counted', () => {
  it.each([
    ['one of three after a second', tries(1010, 10, 20), 1],
    ['one of three after three seconds', tries(3020, 10, 20), 1],
    ['all of a far or a busy server', tries(1010, 1020, 1010), 0],
    ['an odd time', tries(1600, 10, 20), 0],
    ['none timed', tries(undefined, undefined), 0],
    ['nothing late', tries(10, 20, 30), 0],
  ])('%s', (_, found, late) => expect(lateOf({ tries: found })).toBe(late));
});

it('counts no refusal, however late it comes', () => {
  const refused = { class: 'refused' as const, ms: 1010, message: '' };
  expect(lateOf({ tries: [refused, ...tries(10)], resent: 1 })).toBe(0);
});

it.each([
  ['syn-retransmits from=88 to=90\n', 2],
  ['try 1 exit=0 from=1.0 to=1.0 \nsyn-retransmits from=88 to=88', 0],
  ['syn-retransmits from= to=\n', undefined],
  ['syn-retransmits from=9 to=3\n', undefined],
  ['try 1 exit=0 from=1.0 to=1.0 syn-retransmits from=1 to=9\n', undefined],
  ['', undefined],
])('reads the count of %j', (text, resent) => expect(readResent(text)).toBe(resent));

it('takes any text, and never counts more than there are', () => {
  const line = fc.oneof(
    fc.string(),
    fc.tuple(fc.nat(), fc.nat()).map(([from, to]) => `syn-retransmits from=${from} to=${to}`),
    fc
      .tuple(fc.nat(9), fc.float())
      .map(([exit, to]) => `try 1 exit=${exit} from=0 to=${to} looked-up=0 connected=${to}`),
  );
  fc.assert(
    fc.property(fc.array(line), fc.constantFrom('nc', 'curl'), (lines, tool) => {
      const facts = connectFactsSchema.parse(parseConnect(lines.join('\n'), tool));
      expect(lateOf(facts)).toBeGreaterThanOrEqual(0);
      expect(lateOf(facts)).toBeLessThanOrEqual(facts.open);
    }),
  );
});
