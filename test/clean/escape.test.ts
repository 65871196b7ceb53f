import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeBlock, codeCell, codeSpan, escapeHtml, escapeMarkdown, escapeXml } from '../../src/clean/escape.js';

const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '`',
        '``',
        '|',
        '\\',
        '[x](https://evil.example)',
        '<b>',
        '# ',
        '- ',
        '1. ',
        '@ops',
        'www.evil.example',
        '\n',
        '***',
        '![',
        '</code>',
        '&lt;',
        '===',
      ),
      fc.string({ unit: 'grapheme' }),
    ),
    { maxLength: 10 },
  )
  .map((pieces) => pieces.join(''));

/** Characters that no backslash stands before. */
function active(text: string): string {
  return text.replaceAll('<!-- -->', '').replace(/\\[\s\S]/g, '');
}

describe('escapeMarkdown', () => {
  it.each([
    ['# heading', '\\# heading'],
    ['- item', '\\- item'],
    ['1. item', '1\\. item'],
    ['    code', 'code'],
    ['[cart](https://evil.example)', '\\[cart\\](https\\://evil.example)'],
    ['www.evil.example', 'www\\.evil.example'],
    ['mailto:ops@shop.example', 'mailto\\:ops@<!-- -->shop.example'],
    ['<img src=x onerror=y>', '\\<img src=x onerror=y\\>'],
    ['a|b', 'a\\|b'],
    ['a\n# b', 'a \\# b'],
    ['cart-7d9f:80 at 10.0.0.1', 'cart-7d9f:80 at 10.0.0.1'],
    ['fd00:10:244::7', 'fd00:10:244::7'],
  ])('%j becomes %j', (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });

  it('leaves nothing that starts markup, a block or a link', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const escaped = escapeMarkdown(text);
        expect(active(escaped)).not.toMatch(/[`*_[\]<>&#~|\n\r]|:\/\/|www\./i);
        expect(escaped).not.toMatch(/^(?:[-+=#>]|\d+[.)]|\s)/);
        expect(escaped).not.toMatch(/@(?!<!-- -->)/);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('code', () => {
  it.each([
    ['cart', '`cart`'],
    ['a`b', '``a`b``'],
    ['`a`', '`` `a` ``'],
    ['', '` `'],
    ['a\nb', '`a b`'],
  ])('%j becomes %j', (text, span) => expect(codeSpan(text)).toBe(span));

  it('cannot be left from inside', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const span = codeSpan(text);
        const fence = /^`+/.exec(span)?.[0] ?? '';
        expect(span).not.toContain('\n');
        expect(span.slice(fence.length, -fence.length).match(/`+/g) ?? []).not.toContain(fence);
        const lines = codeBlock(text, 'text').trimEnd().split('\n');
        const close = lines.at(-1) ?? '';
        expect(lines.slice(1, -1).some((line) => line.includes(close))).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps the cell of a table whole', () => {
    fc.assert(
      fc.property(nasty, (text) => void expect(codeCell(text).replace(/\\[\s\S]/g, '')).not.toContain('|')),
      { numRuns: 2000 },
    );
  });
});

describe('escapeHtml', () => {
  it('leaves no character that opens a tag, an entity or an attribute', () => {
    expect(escapeHtml(`<a href="x" on='y'>&\``)).toBe('&lt;a href=&quot;x&quot; on=&#39;y&#39;&gt;&amp;&#96;');
    fc.assert(
      fc.property(nasty, (text) => {
        const escaped = escapeHtml(text);
        expect(escaped).not.toMatch(/[<>"'`]|&(?!(?:amp|lt|gt|quot|#39|#96);)/);
      }),
    );
  });

  it('writes only what XML can hold', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (text) =>
          void expect(escapeXml(`${text}\uFFFF\uD800\u0000`)).not.toMatch(/[^\P{Cc}\n\t]|\p{Cs}|[\uFFFE\uFFFF]/u),
      ),
    );
  });
});
