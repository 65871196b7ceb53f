import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Catalog } from '../src/catalog/catalog.js';
import { causesPage } from './cause-page.ts';
import { entriesPage, stepsPage } from './pages.ts';
import { readCatalog } from './proven.ts';
import { shownInLab } from './shown.ts';

const root = join(import.meta.dirname, '..');
const catalog = (await readCatalog(root)).catalog as unknown as Catalog;
writeFileSync(join(root, 'docs/steps.md'), stepsPage(catalog));
writeFileSync(join(root, 'docs/causes.md'), causesPage(catalog, await shownInLab()));
writeFileSync(join(root, 'docs/entries.md'), entriesPage(catalog));
