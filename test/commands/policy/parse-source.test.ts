import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineCounter, parseAllDocuments, stringify } from 'yaml';
import { itemsOfList } from '../../../src/commands/policy/list-items.js';
import { parseSource } from '../../../src/commands/policy/parse-source.js';
import type { FieldPath } from '../../../src/policy/read/place.js';
import { linesIn } from '../../../src/report/yaml-lines.js';

const read = (text: string) => parseSource({ source: 'a.yaml', text });

const word = fc.oneof(
  fc.constantFrom(
    '- a',
    '---',
    '...',
    'kind: List',
    'a: b',
    '# no',
    '',
    ' ',
    'x\n- y\nz',
    '\n',
    '中文',
    '|',
    '*a',
    '&a',
  ),
  fc.string({ maxLength: 12, unit: fc.constantFrom(...'ab-: #\n\'"|>*&!%@`{}[],?') }),
);
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    word,
    fc.integer(),
    fc.boolean(),
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('name', 'items', '- a', 'kind'), tie('any'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).any;
const objects = fc.array(fc.record({ kind: fc.constant('Pod'), of: value }, { noNullPrototype: true }), {
  minLength: 1,
  maxLength: 4,
});

const written = (items: unknown) => stringify(items, { lineWidth: 40, aliasDuplicateObjects: false });
const metadata = 'metadata:\n  resourceVersion: ""\n';
const forms: Record<string, (items: unknown[]) => string> = {
  'as kubectl prints it: sorted, and a dash of a List in the first column': (items) =>
    `apiVersion: v1\nitems:\n${written(items)}kind: List\n${metadata}`,
  'of one kind, sorted': (items) => `apiVersion: v1\nitems:\n${written(items)}kind: PodList\n${metadata}`,
  'of one kind, as somebody writes it': (items) =>
    `apiVersion: v1\nkind: PodList\n${metadata}items:\n${written(items)}`,
  'with a comment and a mark before it': (items) =>
    `---\n# all of them\napiVersion: v1\nkind: PodList\nitems:\n${written(items)}`,
  'as a library writes it, with dashes that are indented': (items) =>
    written({ kind: 'PodList', apiVersion: 'v1', items, metadata: { resourceVersion: '' } }),
};

/** The whole text as one tree, which knows every line. */
const whole = (text: string) => {
  const lines = new LineCounter();
  const all = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false });
  if ('empty' in all) throw new Error('nothing to read');
  return {
    values: all.map((document) => document.toJS() as unknown),
    linesOf: (at: number, path: FieldPath) => linesIn(all[at], path, lines),
  };
};

const valuesOf = (text: string) => {
  const { documents, problems } = read(text);
  expect(problems).toEqual([]);
  return documents.map((document) => document.value);
};

describe('a List', () => {
  it.each(Object.entries(forms))('is read item by item, to the same values and lines as the whole: %s', (_, listed) => {
    fc.assert(
      fc.property(objects, (items) => {
        const text = listed(items);
        expect(itemsOfList(text)?.items).toHaveLength(items.length);
        const expected = whole(text);
        expect(valuesOf(text)).toEqual(expected.values);
        for (const [index] of items.entries())
          for (const path of [
            ['items', index],
            ['items', index, 'of'],
            ['items', index, 'of', 'name', 0],
          ])
            expect(read(text).linesOf(0, path)).toEqual(expected.linesOf(0, path));
      }),
    );
  });

  it.each([
    ['more than the List', 'apiVersion: v1\nitems:\n- a: 1\nkind: List\n---\nkind: Pod\n'],
    ['a comment between items', 'apiVersion: v1\nitems:\n- a: 1\n# b\n- b: 1\nkind: List\n'],
    ['a field of its own', 'apiVersion: v1\nitems:\n- a: 1\nkind: PodList\nspec: 1\n'],
    ['a dash further left than the first', 'apiVersion: v1\nkind: List\nitems:\n  - a: 1\nmetadata:\n- b: 1\n'],
    ['no items', 'apiVersion: v1\nitems: []\nkind: List\n'],
  ])('is read whole with %s', (_, text) => {
    expect(itemsOfList(text)).toBeUndefined();
    expect(valuesOf(text)).toEqual(whole(text).values);
  });

  it('is none without a kind that says so', () => {
    const text = 'apiVersion: v1\nkind: Pod\nitems:\n- a: 1\n';
    expect(valuesOf(text)).toEqual(whole(text).values);
    const twice = read('apiVersion: v1\nkind: List\nitems:\n- a: 1\nkind: PodList\n');
    expect(twice.documents).toEqual([]);
    expect(twice.problems[0]?.message).toMatch(/^line 5, column 1: Map keys must be unique/);
  });

  it('is read whole where one item needs another, and says where it is broken', () => {
    const lent = 'apiVersion: v1\nitems:\n- a: &a 1\n- b: *a\nkind: List\n';
    expect(valuesOf(lent)).toEqual([{ apiVersion: 'v1', items: [{ a: 1 }, { b: 1 }], kind: 'List' }]);
    const broken = read('apiVersion: v1\nitems:\n- a: 1\n- b: [1\nkind: List\n');
    expect(broken.documents).toEqual([]);
    expect(broken.problems[0]?.message).toMatch(/^line 5, column \d+: /);
  });
});

describe('several documents', () => {
  it('have the lines that they have in the whole', () => {
    fc.assert(
      fc.property(objects, fc.constantFrom('---\n', '--- # next\n', '...\n---\n'), (items, between) => {
        const text = items.map((item) => stringify(item, { lineWidth: 40 })).join(between);
        const expected = whole(text);
        expect(valuesOf(text)).toEqual(expected.values);
        for (const [index] of items.entries())
          for (const path of [[], ['kind'], ['of', 'name'], ['of', 1]])
            expect(read(text).linesOf(index, path)).toEqual(expected.linesOf(index, path));
      }),
    );
  });
});
