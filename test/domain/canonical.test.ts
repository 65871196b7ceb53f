import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalHash, canonicalJson } from '../../src/domain/canonical.js';

const shuffled = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shuffled);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, shuffled(member)]),
  );
};
const json = fc.jsonValue({ stringUnit: 'grapheme' });

describe('canonicalJson', () => {
  it.each([
    // The two examples of RFC 8785, sections 3.2.2 and 3.2.3.
    [
      { numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 1e-27], literals: [null, true, false] },
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27]}',
    ],
    [
      { '\u20ac': 'Euro Sign', '\r': 'Carriage Return', '1': 'One', '\u{1f600}': 'Smiley', '\ufb33': 'Hebrew' },
      '{"\\r":"Carriage Return","1":"One","\u20ac":"Euro Sign","\u{1f600}":"Smiley","\ufb33":"Hebrew"}',
    ],
    ['\u20ac$\u000f\nA\'B"\\\\"/', '"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'],
    [-0, '0'],
    [{ cart: undefined, checkout: 1 }, '{"checkout":1}'],
    [[undefined], '[null]'],
  ])('writes %j as the RFC does', (value, text) => expect(canonicalJson(value)).toBe(text));

  it('does not depend on the order of the keys', () =>
    fc.assert(
      fc.property(json, (value) => {
        expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value));
      }),
    ));

  it('says the same as the value it was made of', () =>
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    ));

  it('is a fixed point', () =>
    fc.assert(
      fc.property(json, (value) => {
        expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value));
      }),
    ));

  it.each([[Number.NaN], [Number.POSITIVE_INFINITY], ['\ud800'], [undefined], [() => 'cart'], [Symbol('cart')]])(
    'refuses %s',
    (value: unknown) => expect(() => canonicalJson(value)).toThrow(TypeError),
  );

  it('hashes the canonical text', () =>
    expect(canonicalHash({ b: 1, a: 2 })).toBe(createHash('sha256').update('{"a":2,"b":1}').digest('hex')));
});
