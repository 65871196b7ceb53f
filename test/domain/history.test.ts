import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rateRange, windowOf } from '../../src/domain/history.js';

const day = 86_400_000;

it('looks at no more than 120 points, an hour before the trouble and what followed, up to now', () => {
  const moments = fc.integer({ min: day, max: 2 ** 42 });
  fc.assert(
    fc.property(moments, fc.option(fc.integer({ min: -day, max: 30 * day }), { nil: undefined }), (now, ago) => {
      const since = ago === undefined ? undefined : now - ago;
      const window = windowOf(now, since);
      const start = Math.min(now, since ?? now) / 1000;
      expect((window.to - window.from) / window.step).toBeLessThan(120);
      expect((window.to - window.from) % window.step).toBe(0);
      expect(window.to).toBeLessThanOrEqual(now / 1000);
      expect(window.from).toBeLessThanOrEqual(start - 3300);
      expect(window.from).toBeGreaterThanOrEqual(start - 3602);
      expect(rateRange(window)).toBeGreaterThanOrEqual(2 * window.step);
    }),
  );
});
