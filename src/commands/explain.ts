import type { Catalog, CatalogStep } from '../catalog/catalog.js';
import { type Cause, deedIn, type Observation } from '../domain/cause.js';
import type { Kind } from '../domain/kinds.js';
import { kinds, type Readable, resourceOf } from '../domain/kinds.js';
import { nearNames } from '../domain/near-names.js';
import type { AnyQuery } from '../domain/query.js';
import type { Language } from '../domain/text.js';
import { openCatalog } from './books.js';
import { exitCodes, type Io, say, UsageProblem } from './io.js';
import { commonSchema, readOptions } from './options.js';
import { languageOf } from './settings.js';

const rightOf = (readable: Readable) => {
  if (readable === 'pods/log') return 'get pods/log';
  const { group } = kinds[readable as Kind];
  return `get,list ${resourceOf(readable as Kind)}${group ? `.${group}` : ''}`;
};

const explainStep = ({ id, step, text }: CatalogStep, language: Language): string => {
  const words = text[language];
  const programs = (step.runs as AnyQuery[]).map(
    (query) => `${query.name} (${query.variants.map(({ tool }) => tool).join(', ')})`,
  );
  return [
    `${id}  [${step.stage}]`,
    words.title,
    '',
    words.question,
    words.why,
    '',
    ...Object.entries(step.outcomes).map(
      ([outcome, result]) =>
        `  ${String(result).toUpperCase().padEnd(6)} ${outcome.padEnd(26)} ${words.outcomes[outcome] ?? ''}`,
    ),
    '',
    `level   ${step.level}   cost ${step.cost}`,
    `reads   ${(step.reads as Readable[]).map(rightOf).join(', ') || '-'}`,
    `runs    ${programs.join(', ') || '-'}`,
    '',
    `$ ${words['by-hand'].trim()}`,
    ...words.reading.map((url) => `  ${url}`),
  ].join('\n');
};

const observed = (items: readonly Observation[]) =>
  items.map((item) => `  ${item.map(({ step, outcome }) => `${step}: ${outcome}`).join(' and ')}`);

const section = (name: string, lines: readonly string[]) => (lines.length > 0 ? ['', name, ...lines] : []);

const explainCause = (id: string, cause: Cause, language: Language): string =>
  [
    `${id}  [${cause.stage}]`,
    cause.title[language],
    cause.statement[language],
    ...section('proves', observed(cause.proves)),
    ...section('supports', observed([...cause.supports.strong, ...cause.supports.weak])),
    ...section('refutes', observed(cause.refutes)),
    ...section(
      'confusable',
      Object.entries(cause.confusable).map(([other, step]) => `  ${other}  ${step ?? '-'}`),
    ),
    ...section(
      'remedies',
      cause.remedies.flatMap((remedy) => [
        `  ${remedy.title[language]} (severity ${remedy.severity})`,
        ...(remedy.capture === undefined ? [] : [`    $ ${remedy.capture}`]),
        `    ${typeof remedy.command === 'string' ? '$ ' : ''}${deedIn(remedy.command, language)}`,
        `    undo: ${deedIn(remedy.rollback, language)}`,
        `    verify: ${remedy.verify.join(', ')}`,
      ]),
    ),
  ].join('\n');

const textOf = (id: string, catalog: Catalog, language: Language): string => {
  const step = catalog.steps[id];
  if (step) return explainStep(step, language);
  const cause = catalog.causes[id.toUpperCase()];
  if (cause) return explainCause(id.toUpperCase(), cause, language);
  const near = nearNames(id, [...Object.keys(catalog.steps), ...Object.keys(catalog.causes)]);
  throw new UsageProblem(`There is no check or cause "${id}".${near.length > 0 ? ` Near: ${near.join(', ')}.` : ''}`);
};

/** What a check or a cause proves, the commands it runs and the rights it needs. */
export const explain = async (raw: Record<string, unknown>, io: Io, [id = '']: readonly string[]): Promise<number> => {
  const language = languageOf(readOptions(commonSchema, raw), io);
  await say(io.stdout, textOf(id, await openCatalog([], io.cwd), language));
  return exitCodes.done;
};
