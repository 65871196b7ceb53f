import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { canonicalJson } from '../domain/canonical.js';
import { causeSchema, eliminationSchema } from '../domain/cause.js';
import { runbookSchema } from '../domain/runbook.js';
import { phraseBookSchema, stepTextSchema } from '../domain/text.js';
import type { Catalog, CatalogRunbook, CatalogStep, Found, FoundFile } from './catalog.js';
import { linked } from './link.js';
import { lintCause, lintElimination } from './lint-cause.js';
import { lintRunbook } from './lint-runbook.js';
import { lintPhrase, lintStepText } from './lint-step.js';
import { lintSupport } from './lint-support.js';
import { byPlace, CatalogProblems, type Problem } from './problem.js';
import { type ReadYaml, readYaml } from './read-yaml.js';

type Reads<T> = Map<string, ReadYaml<T>>;

const readAll = <T>(files: readonly FoundFile[], schema: z.ZodType<T>): Reads<T> =>
  new Map(files.map((file) => [file.id, readYaml(file, schema)]));

const problemsOf = (reads: Reads<unknown>) => [...reads.values()].flatMap((read) => read.problems);

const valuesOf = <T>(reads: Reads<T>): Record<string, T> =>
  Object.fromEntries([...reads].flatMap(([id, { value }]) => (value === undefined ? [] : [[id, value]])));

const lintEach = <T>(reads: Reads<T>, lint: (value: T, at: ReadYaml<T>['at']) => Problem[]) =>
  [...reads.values()].flatMap((read) => (read.value === undefined ? [] : lint(read.value, read.at)));

const runbooksOf = (books: Readonly<Record<string, z.infer<typeof runbookSchema>>>) =>
  Object.fromEntries(
    Object.keys(books).flatMap((id): [string, CatalogRunbook][] => {
      const value = linked(id, books);
      if (!value) return [];
      return [[id, { ...value, id, sha256: createHash('sha256').update(canonicalJson(value)).digest('hex') }]];
    }),
  );

export interface Loaded {
  readonly catalog: Catalog;
  readonly problems: readonly Problem[];
}

/** Reads and lints everything found, collecting every problem before it complains. */
export const load = (found: Found, extraRunbooks: readonly FoundFile[] = []): Loaded => {
  const texts = readAll(
    found.steps.map(({ text }) => text),
    stepTextSchema,
  );
  const causes = readAll(found.causes, causeSchema);
  const books = readAll([...found.runbooks, ...extraRunbooks], runbookSchema);
  const elimination = readYaml(found.elimination, eliminationSchema);
  const phrases = readAll(found.phrases, phraseBookSchema);
  const steps = Object.fromEntries(
    found.steps.flatMap(({ id, step }): [string, CatalogStep][] => {
      const text = texts.get(id)?.value;
      return text ? [[id, { id, step, text }]] : [];
    }),
  );
  const catalog: Catalog = {
    steps,
    causes: valuesOf(causes),
    elimination: elimination.value ?? {},
    runbooks: runbooksOf(valuesOf(books)),
    phrases: Object.assign({}, ...Object.values(valuesOf(phrases))),
  };
  const known = {
    steps: Object.fromEntries(found.steps.map(({ id, step }) => [id, { step, text: texts.get(id)?.value }])),
    causes: Object.fromEntries(causes),
    runbooks: Object.fromEntries([...books].map(([id, { value }]) => [id, value])),
  };
  const problems = [
    ...[texts, causes, books, phrases].flatMap(problemsOf),
    ...elimination.problems,
    ...found.steps.flatMap(({ id, step }) =>
      lintEach(new Map([...texts].filter(([key]) => key === id)), (text, at) => lintStepText(step, text, at)),
    ),
    ...lintEach(causes, (cause, at) => lintCause(cause, { ...known, elimination: elimination.value, at })),
    ...[...causes].flatMap(([id, { value, at }]) =>
      value === undefined ? [] : lintSupport({ id, cause: value }, { elimination: elimination.value, at }),
    ),
    ...(elimination.value ? lintElimination(elimination.value, { ...known, at: elimination.at }) : []),
    ...lintEach(books, (book, at) => lintRunbook(book, known, at)),
    ...lintEach(phrases, (book, at) => Object.entries(book).flatMap(([key, phrase]) => lintPhrase(phrase, [key], at))),
  ];
  return { catalog, problems: problems.toSorted(byPlace) };
};

/** The catalog, or `CatalogProblems` with every mistake at once. */
export const loadOrThrow = (found: Found, extraRunbooks: readonly FoundFile[] = []): Catalog => {
  const { catalog, problems } = load(found, extraRunbooks);
  if (problems.length > 0) throw new CatalogProblems(problems);
  return catalog;
};
