import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../src/clean/fold.js';
import {
  InvalidName,
  isHostName,
  isPathSegment,
  isPort,
  isPortName,
  isServiceName,
  pathSegment,
} from '../../src/clean/names.js';
import { isDnsLabel, isDnsSubdomain } from '../../src/domain/dns-names.js';

describe('names', () => {
  it.each([
    [
      isDnsLabel,
      ['a', '0', 'cart-1', 'a'.repeat(63)],
      ['', '-a', 'a-', 'A', 'a.b', 'a_b', 'a'.repeat(64), 'a\n', '../x', '中'],
    ],
    [isServiceName, ['cart', 'c1'], ['1cart', 'cart-', '']],
    [
      isDnsSubdomain,
      ['cart', 'node-1.shop.example', '1.2'],
      ['', '.', 'a..b', 'a.', 'a/b', 'a%2f', `${'a'.repeat(200)}.${'b'.repeat(60)}`, 'a\n'],
    ],
    [
      isHostName,
      ['Cart.Shop', '_http._tcp.cart', 'cart.shop.svc.', 'a'],
      ['', '.', 'a b', '-a', 'a;b', '$(x)', 'a'.repeat(64)],
    ],
    [isPortName, ['http', 'grpc-web', 'p1'], ['', '123', 'a--b', '-a', 'HTTP', 'abcdefghijklmnop', 'a\n']],
    [
      isPathSegment,
      ['system:node', 'cart.shop', 'Cart_1'],
      ['', '.', '..', '../x', 'a/b', 'a?b', 'a%2e', 'a#b', '-a', 'a b'],
    ],
  ] as const)('%o', (accepts, good, bad) => {
    for (const name of good) expect([name, accepts(name)]).toEqual([name, true]);
    for (const name of bad) expect([name, accepts(name)]).toEqual([name, false]);
  });

  it('knows a port', () => {
    expect([1, 80, 65535].every(isPort)).toBe(true);
    expect([0, -1, 65536, 1.5, Number.NaN, '80', null].some(isPort)).toBe(false);
  });

  it('puts nothing into a path that could change it', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webPath(), fc.constantFrom('..', '.', 'a/../b', '%2e%2e')), (text) => {
        try {
          const url = new URL(`https://api/api/v1/pods/${pathSegment(text)}`);
          expect(url.pathname.split('/')).toHaveLength(5);
          expect(decodeURIComponent(url.pathname.split('/')[4] ?? '')).toBe(text);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidName);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('fold', () => {
  it.each([
    ['：ｑ', ':q'],
    ['、', '/'],
    ['､', '/'],
    ['【１】', '[1]'],
    ['ＣＡＲＴ　１', 'CART 1'],
    ['购物车', '购物车'],
  ])('%s is %s', (typed, meant) => expect(fold(typed)).toBe(meant));

  it('changes nothing the second time', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void expect(fold(fold(text))).toBe(fold(text))));
  });
});
