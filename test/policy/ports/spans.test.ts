import fc from 'fast-check';
import { expect, it } from 'vitest';
import { contains, intersect, type Spans, unite, without, writeSpans } from '../../../src/policy/ports/spans.js';

const spans = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 30 }), fc.nat(6)), { maxLength: 4 })
  .map((pairs) => pairs.reduce<Spans>((found, [first, more]) => unite(found, [[first, first + more]]), []));

const numbers = Array.from({ length: 40 }, (_, index) => index);

it('is the algebra of sets', () => {
  fc.assert(
    fc.property(spans, spans, (one, other) => {
      for (const number of numbers) {
        const [a, b] = [contains(one, number), contains(other, number)];
        expect(contains(unite(one, other), number)).toBe(a || b);
        expect(contains(intersect(one, other), number)).toBe(a && b);
        expect(contains(without(one, other), number)).toBe(a && !b);
      }
    }),
  );
});

it('stays sorted, disjoint and joined', () => {
  fc.assert(
    fc.property(spans, spans, (one, other) => {
      for (const result of [unite(one, other), intersect(one, other), without(one, other)])
        for (const [index, [first, last]] of result.entries()) {
          expect(first).toBeLessThanOrEqual(last);
          if (index > 0) expect(first).toBeGreaterThan((result[index - 1]?.[1] ?? 0) + 1);
        }
    }),
  );
});

it('is written as a person would', () => {
  expect(
    writeSpans([
      [80, 80],
      [443, 443],
      [8000, 9000],
    ]),
  ).toBe('80,443,8000-9000');
});
