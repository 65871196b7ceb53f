import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capBytes } from '../../src/clean/cap.js';
import { sanitise, sanitiseCapped, sanitiseJson } from '../../src/clean/sanitise.js';
import { ESCAPES } from './escape-corpus.js';

const FORBIDDEN =
  /[^\P{Cc}\n\t]|\p{Cs}|\p{Bidi_Control}|[\u200B-\u200D\u2028-\u202E\u2060-\u2069\uFEFF]|[\u{E0000}-\u{E0FFF}]/u;

const piece = fc.oneof(
  fc.constantFrom(...ESCAPES.map(([, input]) => input)),
  fc.constantFrom(
    '\u001b',
    '\u001b[',
    '\u001b]',
    '\u001bP',
    '\u001b\\',
    '\u009b',
    '\u009c',
    '\u009d',
    '\u0007',
    '\r',
    '\n',
    'm',
    ';',
    '中',
  ),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
);
const hostile = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));

describe('sanitise', () => {
  it.each(ESCAPES)('takes away: %s', (_, input, left) => {
    expect(sanitise(input)).toBe(left);
    expect(sanitise(new TextEncoder().encode(input.toWellFormed()))).toBe(left.replace(/^<U\+FEFF>/, ''));
  });

  it('leaves no character that a terminal obeys or hides', () => {
    fc.assert(
      fc.property(hostile, (text) => !FORBIDDEN.test(sanitise(text))),
      { numRuns: 2000 },
    );
  });

  it('leaves nothing of that kind from arbitrary bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => !FORBIDDEN.test(sanitise(bytes))),
      { numRuns: 2000 },
    );
  });

  it('changes nothing the second time, also when it had to cut', () => {
    const limits = fc.record({ total: fc.nat(2000), line: fc.nat(300), lines: fc.nat(12) });
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 20 }), limits, (lines, cap) => {
        const once = sanitise(lines.join('\n'), cap);
        expect(sanitise(once, cap)).toBe(once);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    '连接被拒绝：服务「购物车」没有就绪的端点',
    'naïve café ✔️ 👍🏽 日本語 한국어 עברית العربية',
    'a\tb\nc',
    '│├─ 10.0.0.1 → cart',
  ])('keeps %s', (text) => {
    expect(sanitise(text)).toBe(text);
    expect(sanitise(new TextEncoder().encode(text))).toBe(text);
  });

  it('replaces bytes that are not UTF-8, among them a raw 8-bit CSI', () => {
    expect(sanitise(Uint8Array.of(0x63, 0x9b, 0x33, 0x31, 0x6d, 0xff))).toBe('c\uFFFD31m\uFFFD');
  });

  it('is linear on what would make a backtracking scanner stumble', () => {
    for (const unit of ['\u001b[', '\u001b]', '\u001bP', '\u001b[1;', '\u009d', '\u001b(', '\u200b', '\n', '\r']) {
      sanitise(unit.repeat(1_000_000), { total: 1e9 });
      sanitise(`\u001b]${unit}${'x'.repeat(5_000_000)}`, { total: 1e9 });
    }
  });
});

describe('caps', () => {
  it('says what it cut', () => {
    expect(sanitiseCapped('x'.repeat(1000), { line: 200 })).toEqual({
      text: `${'x'.repeat(136)}<cut: 864 characters>`,
      cut: { bytes: 0, lines: 0, characters: 864 },
    });
    expect(sanitise('a\nb\nc\nd', { lines: 3 })).toBe('a\nb\n<cut: 2 lines, 0 bytes>');
    expect(sanitiseCapped(new Uint8Array(1000).fill(0x61), { total: 300 }).cut).toMatchObject({ bytes: 700 });
  });

  it('stays within its limits', () => {
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 40 }), (lines) => {
        const text = sanitise(lines.join('\n'), { total: 500, line: 150, lines: 8 });
        expect(text.length).toBeLessThanOrEqual(500);
        expect(text.split('\n').length).toBeLessThanOrEqual(8);
        expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(150);
      }),
    );
  });

  it('cuts bytes between characters', () => {
    const bytes = new TextEncoder().encode('购物车');
    for (let limit = 0; limit <= bytes.length; limit += 1) {
      const kept = capBytes(bytes, limit);
      expect(new TextDecoder('utf-8', { fatal: true }).decode(kept.bytes)).toBe(
        '购物车'.slice(0, Math.floor(limit / 3)),
      );
      expect(kept.bytes.length + kept.cut).toBe(bytes.length);
    }
  });
});

describe('sanitiseJson', () => {
  it('reaches every string and key', () => {
    const event = JSON.parse(
      '{"note\\u001b[31m":["\\u001b]8;;https://evil.example\\u0007x",{"a":"\\u202e"}],"n":1,"b":null}',
    );
    expect(sanitiseJson(event)).toEqual({ note: ['x', { a: '<U+202E>' }], n: 1, b: null });
  });

  it('lets no key replace another, nor the prototype', () => {
    const value = JSON.parse('{"app\\u0007":"evil","app":"good","__proto__":{"polluted":true}}');
    const clean = sanitiseJson(value);
    expect(Object.entries(clean)).toEqual([
      ['app<2>', 'evil'],
      ['app', 'good'],
      ['__proto__', { polluted: true }],
    ]);
    expect(clean.polluted).toBeUndefined();
  });

  it('survives nesting that would break recursion', () => {
    expect(() => sanitiseJson(JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)))).not.toThrow();
  });

  it('leaves clean values alone and never throws', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 5, stringUnit: 'grapheme-ascii' }),
        (value) => void expect(sanitiseJson(value)).toEqual(value),
      ),
    );
    fc.assert(
      fc.property(fc.dictionary(hostile, hostile), (value) => {
        const clean = sanitiseJson(value);
        expect(Object.keys(clean).length).toBe(Object.keys(value).length);
        expect(FORBIDDEN.test(Object.entries(clean).flat().join(''))).toBe(false);
        expect(sanitiseJson(clean)).toEqual(clean);
      }),
    );
  });
});
