import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Catalog, FoundFile } from '../catalog/catalog.js';
import { find } from '../catalog/find.js';
import { type Loaded, load, loadOrThrow } from '../catalog/load.js';
import { UsageProblem } from './io.js';

const readBook = (file: string, cwd: string): FoundFile => {
  try {
    return { id: basename(file).replace(/\.ya?ml$/, ''), path: file, source: readFileSync(resolve(cwd, file), 'utf8') };
  } catch (error) {
    throw new UsageProblem(`--runbook ${file}: ${(error as Error).message}`);
  }
};

const readBooks = (files: readonly string[], cwd: string) => files.map((file) => readBook(file, cwd));

/** The built-in catalog with the operator's own runbooks. Throws `CatalogProblems`, every mistake at once. */
export const openCatalog = async (runbooks: readonly string[], cwd: string): Promise<Catalog> =>
  loadOrThrow(await find(), readBooks(runbooks, cwd));

/** The same, with the mistakes beside what could be read. */
export const inspectCatalog = async (runbooks: readonly string[], cwd: string): Promise<Loaded> =>
  load(await find(), readBooks(runbooks, cwd));
