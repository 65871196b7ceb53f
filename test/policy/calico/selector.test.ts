import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSelector } from '../../../src/policy/calico/selector/parse.js';

type Dict = Readonly<Record<string, string>>;

const selects = (text: string, labels: Dict): boolean | string => {
  const found = parseSelector(text);
  return 'error' in found
    ? found.error
    : found.selects((key) => (Object.hasOwn(labels, key) ? labels[key] : undefined));
};

const shop = { app: 'cart', tier: 'front' };

describe('the selector language of Calico', () => {
  it.each<[string, Dict, boolean]>([
    ['', {}, true],
    [' \t', { app: 'cart' }, true],
    ['all()', {}, true],
    [' all( ) ', shop, true],
    ['global()', {}, true],
    ["app == 'cart'", shop, true],
    ['app == "cart"', shop, true],
    ["app=='cart'", shop, true],
    ["app == 'till'", shop, false],
    ["app == 'cart'", {}, false],
    ["app == ''", { app: '' }, true],
    ["app != 'cart'", shop, false],
    ["app != 'cart'", {}, true],
    ["app in {'cart', 'till'}", shop, true],
    ["app in {'till'}", shop, false],
    ["app in {'cart'}", {}, false],
    ['app in {}', shop, false],
    ["app in {'cart',}", shop, true],
    ["app not in {'cart'}", shop, false],
    ["app not in {'till'}", shop, true],
    ["app not in {'till'}", {}, true],
    ["app notin {'till'}", shop, true],
    ["app contains 'ar'", shop, true],
    ["app contains 'x'", shop, false],
    ["app contains 'ar'", {}, false],
    ["app starts with 'ca'", shop, true],
    ["app startswith 'ca'", shop, true],
    ["app starts with 'rt'", shop, false],
    ["app ends with 'rt'", shop, true],
    ["app endswith 'ca'", shop, false],
    ["app ends with 'rt'", {}, false],
    ['has(app)', shop, true],
    ['has( app )', shop, true],
    ['has(role)', shop, false],
    ['!has(role)', shop, true],
    ['! has(app)', shop, false],
    ['!!has(app)', shop, true],
    ['! !!has(app)', shop, false],
    ["!app == 'cart'", shop, false],
    ["!app in {'till'}", shop, true],
    ["app == 'cart' && tier == 'front'", shop, true],
    ["app == 'cart' && tier == 'back'", shop, false],
    ["app == 'till' || tier == 'front'", shop, true],
    ["app == 'till' || tier == 'back'", shop, false],
    ["has(app) || has(role) && tier == 'back'", shop, true],
    ["(has(app) || has(role)) && tier == 'back'", shop, false],
    ["!has(role) && !(tier == 'back' || has(role))", shop, true],
    ['!(!has(app) || has(role)) && all()', shop, true],
    ["!has(app) || tier == 'front'", shop, true],
    [`quote in {"'", '"'}`, { quote: '"' }, true],
    ["pods.example.com/role-x_1 == 'a'", { 'pods.example.com/role-x_1': 'a' }, true],
    ["in in {'a'}", { in: 'a' }, true],
    ["has == 'a'", { has: 'a' }, true],
    ["constructor == 'a'", {}, false],
    [String.raw`app == 'a\'`, { app: 'a\\' }, true],
  ])('%s of %j is %s', (text, labels, wanted) => {
    expect(selects(text, labels)).toBe(wanted);
  });

  it.each([
    'b == b',
    'b contains b',
    "'b1' == b",
    'b',
    'a b',
    '!',
    'foo == "bar" &',
    'foo == "bar" |',
    'foo = "bar"',
    'foo != ||',
    'foo in {"", ||',
    'foo in ""',
    'foo in {"a" "b"}',
    '"FOO',
    `"FOO'`,
    '(',
    '(a == "foo"',
    'a == "foo")',
    ')',
    '()',
    '%',
    'a == "b" && %',
    'has(foo) &&',
    'has(foo) has(bar)',
    'has()',
    'has(foo',
    'all(',
    'all(x)',
    'all() all()',
    'a starts "b"',
    'a == "b"\n',
    "a >= 'b'",
  ])('refuses %s', (text) => {
    expect(selects(text, {})).toEqual(expect.any(String));
  });

  it('never throws, whatever the text', () => {
    const word = fc.constantFrom(
      ...['(', ')', '!', '&&', '||', '==', '!=', '{', '}', ',', 'in', 'not in', 'has(', 'has(a)', 'all()', 'global()'],
      ...['contains', 'starts with', 'ends', 'a', 'b', '"x"', "'y'", "'", '"', ' ', '\t', '\n', '%', 'é'],
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(word, { maxLength: 30 }).map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(text, (input) => {
        expect(['boolean', 'string']).toContain(typeof selects(input, shop));
      }),
    );
  });

  it('agrees with the same expression worked out by hand', () => {
    interface Term {
      text: string;
      value: boolean;
    }
    const leaf = fc.constantFrom<Term>(
      { text: 'has(app)', value: true },
      { text: 'has(role)', value: false },
      { text: "tier != 'back'", value: true },
      { text: "app not in {'cart', 'till'}", value: false },
    );
    const { term } = fc.letrec<{ term: Term }>((tie) => ({
      term: fc.oneof(
        { maxDepth: 5, withCrossShrink: true },
        leaf,
        tie('term').map(({ text, value }) => ({ text: `!(${text})`, value: !value })),
        fc
          .tuple(tie('term'), tie('term'))
          .map(([a, b]) => ({ text: `(${a.text}) && (${b.text})`, value: a.value && b.value })),
        fc
          .tuple(tie('term'), tie('term'))
          .map(([a, b]) => ({ text: `(${a.text}) || (${b.text})`, value: a.value || b.value })),
      ),
    }));
    fc.assert(
      fc.property(term, ({ text, value }) => {
        expect([text, selects(text, shop)]).toEqual([text, value]);
      }),
    );
  });

  it.each<[string, (count: number) => string]>([
    ['brackets', (count) => `${'('.repeat(count)}has(app)${')'.repeat(count)}`],
    ['negations', (count) => `${'!'.repeat(count)}has(app)`],
    ['alternatives', (count) => `has(app)${" || app == 'x'".repeat(count)}`],
    ['spaces', (count) => `app${' '.repeat(count)}%`],
    ['an open quote', (count) => `app == '${'x'.repeat(count)}`],
    ['a long label in an open has', (count) => `has(${'x'.repeat(count)}`],
  ])('takes time in proportion to %s', (_, make) => {
    const seconds = (count: number) => {
      const text = make(count);
      const start = performance.now();
      selects(text, shop);
      return performance.now() - start;
    };
    seconds(1000);
    expect(seconds(30_000)).toBeLessThan(2000);
  });
});
