import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hints, words } from '../../../src/commands/policy/words.js';
import { placeholders } from '../../../src/domain/text.js';
import { reasonWords } from '../../../src/report/policy/reasons.js';

const src = join(import.meta.dirname, '../../../src/policy');
const sources = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
const codes = sources.flatMap((name) =>
  [...readFileSync(join(src, name), 'utf8').matchAll(/\b(?:reason|doubt|nothingFor)\('([\w-]+)'/g)].map(
    ([, code]) => code ?? '',
  ),
);

it('has a sentence for every code of the evaluator', () => {
  expect(codes.length).toBeGreaterThan(10);
  expect(codes.filter((code) => code !== 'open' && !Object.hasOwn(reasonWords, code))).toEqual([]);
});

it.each(Object.entries({ ...reasonWords, ...hints, ...words }))(
  '%s has the same placeholders in every language',
  (_, phrase) => {
    expect(placeholders(phrase['zh-CN']).sort()).toEqual(placeholders(phrase.en).sort());
  },
);
