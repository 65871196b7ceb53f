import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closest, selects } from '../../src/domain/selector.js';

const labels = fc.dictionary(
  fc.constantFrom('app', 'tier', 'name', 'release'),
  fc.constantFrom('cart', 'crat', 'web', 'payments'),
  { minKeys: 1 },
);
const pods = fc.array(labels).map((list) => list.map((item, index) => ({ name: `pod-${index}`, labels: item })));

describe('closest', () => {
  it('wants a selector that selects every Pod it names, and finds what the selector does not say', () => {
    fc.assert(
      fc.property(labels, pods, (selector, all) => {
        const meant = closest(selector, all, 'cart');
        if (!meant) return;
        const named = all.filter(({ name }) => meant.pods.includes(name));
        expect(named.length).toBeGreaterThan(0);
        for (const pod of named) expect(pod.labels).toMatchObject(meant.wanted);
        expect(selects(meant.wanted)).toBe(true);
        for (const [key, value] of Object.entries(meant.found)) expect(selector[key]).not.toBe(value);
      }),
    );
  });

  it('prefers the larger group among equally close ones', () => {
    const all = ['cart-a', 'cart-b', 'cart-b'].map((app, index) => ({ name: `pod-${index}`, labels: { app } }));
    expect(closest({ app: 'cart-x' }, all, '')?.wanted).toEqual({ app: 'cart-b' });
  });
});
