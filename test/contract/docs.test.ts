import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { find } from '../../src/catalog/find.js';
import { load } from '../../src/catalog/load.js';
import { causesPage } from '../../tools/cause-page.js';
import { entryRows } from '../../tools/entries.js';
import { entriesPage, stepsPage } from '../../tools/pages.js';
import { shownInLab } from '../../tools/shown.js';

const page = (name: string) => readFileSync(join(import.meta.dirname, '../../docs', name), 'utf8');

it('the pages of checks, causes and entries are those of the catalog (npm run docs)', async () => {
  const { catalog } = load(await find());
  expect(page('steps.md')).toBe(stepsPage(catalog));
  expect(page('causes.md')).toBe(causesPage(catalog, await shownInLab()));
  expect(page('entries.md')).toBe(entriesPage(catalog));
});

it('says of no cause that the lab cannot show it while it does, nor of one that there is not', async () => {
  const { catalog } = load(await find());
  const { faults, outOfReach } = await shownInLab();
  const shown = faults.flatMap(({ causes }) => causes);
  expect(Object.keys(outOfReach).filter((id) => !(id in catalog.causes) || shown.includes(id))).toEqual([]);
});

it('says of every cause which fault shows it, or why none can', async () => {
  const { catalog } = load(await find());
  const { faults, outOfReach } = await shownInLab();
  const told = new Set([...faults.flatMap(({ causes }) => causes), ...Object.keys(outOfReach)]);
  const silent = Object.keys(catalog.causes).filter((id) => !told.has(id));
  expect(silent).toEqual([]);
});

it('nodes of runbooks name rows that there are', async () => {
  const { catalog } = load(await find());
  const named = Object.values(catalog.runbooks).flatMap(({ nodes }) =>
    Object.values(nodes).flatMap((node) => ('step' in node ? (node.covers ?? []) : [])),
  );
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter((word) => !entryRows.includes(word))).toEqual([]);
});
