import type { Catalog, CatalogStep } from '../catalog/catalog.js';
import type { Cause, Observation } from '../domain/cause.js';
import { isBeneath, kinds, type Readable, resourceOf } from '../domain/kinds.js';
import type { AnyQuery } from '../domain/query.js';
import type { Language } from '../domain/text.js';
import { wordsOf } from './explain-words.js';

const rightOf = (readable: Readable) => {
  if (isBeneath(readable)) return `get ${readable}`;
  const { group } = kinds[readable];
  return `get,list ${resourceOf(readable)}${group ? `.${group}` : ''}`;
};

type Causes = readonly (readonly [id: string, cause: Cause])[];

const naming = (causes: Causes, of: (cause: Cause) => readonly Observation[], said: readonly [string, string]) =>
  causes.flatMap(([id, cause]) =>
    of(cause).some((item) => item.some(({ step, outcome }) => step === said[0] && outcome === said[1])) ? [id] : [],
  );

const supporting = ({ proves, supports }: Cause) => [...proves, ...supports.strong, ...supports.weak];

/** What an outcome makes of causes, alone or together with others. */
const consequences = (catalog: Catalog, language: Language, said: readonly [string, string]) => {
  const words = wordsOf(catalog, language);
  const causes = Object.entries(catalog.causes);
  const told = [
    ['speaks-for', naming(causes, supporting, said)],
    ['speaks-against', naming(causes, ({ refutes }) => refutes, said)],
  ] as const;
  return told.flatMap(([key, ids]) => (ids.length > 0 ? [words(key, { causes: ids.join(', ') })] : []));
};

const indent = ' '.repeat(9);

/** What a check asks and why, what each answer means, and the rights and programs it takes. */
export const explainStep = ({ id, step, text }: CatalogStep, catalog: Catalog, language: Language): string => {
  const own = text[language];
  const words = wordsOf(catalog, language);
  const programs = (step.runs as AnyQuery[]).map(
    (query) => `${query.name} (${query.variants.map(({ tool }) => tool).join(', ')})`,
  );
  return [
    `${id}  [${step.stage}]`,
    own.title,
    '',
    own.question,
    own.why,
    '',
    ...Object.entries(step.outcomes).flatMap(([outcome, result]) => [
      `  ${String(result).toUpperCase().padEnd(6)} ${outcome.padEnd(26)} ${own.outcomes[outcome] ?? ''}`,
      ...consequences(catalog, language, [id, outcome]).map((line) => `${indent}${line}`),
    ]),
    '',
    words('level', { level: step.level, cost: step.cost }),
    words('reads', { rights: (step.reads as Readable[]).map(rightOf).join(', ') || '-' }),
    words('runs', { programs: programs.join(', ') || '-' }),
    '',
    `$ ${own['by-hand'].trim()}`,
    ...own.reading.map((url) => `  ${url}`),
  ].join('\n');
};
