import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Catalog, FoundFile } from '../catalog/catalog.js';
import type { Loaded } from '../catalog/load.js';
import { CatalogProblems } from '../catalog/problem.js';
import { proven } from '../catalog/proven.js';
import { UsageProblem } from './io.js';

const readBook = (file: string, cwd: string): FoundFile => {
  try {
    return { id: basename(file).replace(/\.ya?ml$/, ''), path: file, source: readFileSync(resolve(cwd, file), 'utf8') };
  } catch (error) {
    throw new UsageProblem(`--runbook ${file}: ${(error as Error).message}`);
  }
};

const readBooks = (files: readonly string[], cwd: string) => files.map((file) => readBook(file, cwd));

/** What reads and lints the folders is loaded only where there is something to read. */
const inspect = async (books: readonly FoundFile[]): Promise<Loaded> => {
  const [{ find }, { load }] = await Promise.all([import('../catalog/find.js'), import('../catalog/load.js')]);
  return load(await find(), books);
};

/** The built-in catalog with the operator's own runbooks. Throws `CatalogProblems`, every mistake at once. */
export const openCatalog = async (runbooks: readonly string[], cwd: string): Promise<Catalog> => {
  const ready = runbooks.length === 0 ? await proven() : undefined;
  if (ready) return ready;
  const { catalog, problems } = await inspect(readBooks(runbooks, cwd));
  if (problems.length > 0) throw new CatalogProblems(problems);
  return catalog;
};

/** The same, with the mistakes beside what could be read. */
export const inspectCatalog = async (runbooks: readonly string[], cwd: string): Promise<Loaded> =>
  inspect(readBooks(runbooks, cwd));
