import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { find } from '../../src/catalog/find.js';
import { load } from '../../src/catalog/load.js';
import { causesPage, stepsPage } from '../../tools/pages.js';

const page = (name: string) => readFileSync(join(import.meta.dirname, '../../docs', name), 'utf8');

it('the pages of checks and causes are those of the catalog (npm run docs)', async () => {
  const { catalog } = load(await find());
  expect(page('steps.md')).toBe(stepsPage(catalog));
  expect(page('causes.md')).toBe(causesPage(catalog));
});
