import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cells, clip, padded, shorten } from '../../src/ui/cell.js';
import { wrap, wrapCommand } from '../../src/ui/wrap.js';

const cart = '\u8d2d\u7269\u8f66';

describe('cells', () => {
  it.each([
    ['cart', 1, 4],
    [cart, 1, 6],
    ['\u2713', 1, 1],
    ['\u2500', 1, 1],
    ['\u2500', 2, 2],
    ['e\u0301', 1, 1],
    ['', 1, 0],
  ] as const)('%s, ambiguous %i, is %i wide', (text, wide, width) => expect(cells(text, wide)).toBe(width));

  it('never cuts a wide character in half', () => {
    expect(clip(cart, 5)).toBe('\u8d2d\u7269');
    expect(shorten(cart, 5)).toBe('\u8d2d..');
    expect(padded(cart, 5)).toBe('\u8d2d.. ');
  });

  it('fills to the cell, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 0, max: 40 }), (text, width) => {
        expect(cells(padded(text, width))).toBe(width);
      }),
    );
  });
});

describe('wrap', () => {
  it.each([
    ['The cart has no ready endpoint', 12, ['The cart has', 'no ready', 'endpoint']],
    [`Service ${cart}${cart}, ok`, 12, ['Service \u8d2d\u7269', '\u8f66\u8d2d\u7269\u8f66, ok']],
    ['kubernetes.io/service-name=cart', 12, ['kubernetes.i', 'o/service-na', 'me=cart']],
    ['', 12, []],
  ])('%s', (text, width, lines) => expect(wrap(text, width)).toEqual(lines));

  it('loses nothing but blanks, and is never too wide', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', ' ', ',', '.', '\u8d2d', '\u8f66', '-') }),
        fc.integer({ min: 4, max: 30 }),
        (text, width) => {
          const lines = wrap(text, width);
          expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
          for (const line of lines) expect(cells(line)).toBeLessThanOrEqual(width);
        },
      ),
    );
  });
});

describe('wrapCommand', () => {
  const command = 'kubectl --context prod-eu-1 -n shop get endpointslices -l kubernetes.io/service-name=cart -o yaml';

  it('breaks between arguments with a backslash', () => {
    expect(wrapCommand(command, 40)).toEqual([
      'kubectl --context prod-eu-1 -n shop \\',
      '  get endpointslices -l \\',
      '  kubernetes.io/service-name=cart -o \\',
      '  yaml',
    ]);
  });

  it('is the same command again for a shell', () => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 120 }), (width) => {
        const joined = wrapCommand(command, width).join('\n').replaceAll('\\\n', '');
        expect(joined.replaceAll(/ +/g, ' ')).toBe(command);
      }),
    );
  });
});
