import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, nearNames } from '../../src/domain/near-names.js';

const word = fc.stringMatching(/^[a-z0-9-]{0,12}$/);

describe('nearNames', () => {
  it.each([
    ['cart', ['crat', 'carts', 'payments'], ['carts', 'crat']],
    ['cart', ['cart-api', 'checkout'], ['cart-api']],
    ['cart', ['cart'], []],
    ['web', ['api', 'db'], []],
    ['cart-5d9c7b-x2z4q', ['cart-7f6d8c9b-abcde', 'payments-7f6d8c9b-abcde'], ['cart-7f6d8c9b-abcde']],
    ['v2', ['v1', 'blue'], ['v1']],
    ['a', ['b'], ['b']],
  ])('of %s among %j are %j', (name, names, near) => {
    expect(nearNames(name, names)).toEqual(near);
  });

  it('names few of many', () => {
    expect(
      nearNames(
        'cart',
        Array.from({ length: 50 }, (_, index) => `cart-${index}`),
      ),
    ).toHaveLength(5);
  });
});

describe('editDistance', () => {
  it('is a distance', () => {
    fc.assert(
      fc.property(word, word, word, (a, b, c) => {
        expect(editDistance(a, a)).toBe(0);
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, c)).toBeLessThanOrEqual(editDistance(a, b) + editDistance(b, c));
        expect(editDistance(a, b)).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
      }),
    );
  });
});
