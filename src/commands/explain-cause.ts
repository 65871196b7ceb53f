import type { Catalog } from '../catalog/catalog.js';
import { type Cause, deedIn, type Observation } from '../domain/cause.js';
import { doublesOf } from '../domain/doubles.js';
import { merged } from '../domain/merged.js';
import type { Language } from '../domain/text.js';
import type { Say } from '../ui/say.js';
import { wordsOf } from './explain-words.js';

const observed = (items: readonly Observation[]) =>
  merged(items).map(
    (together) => `  ${together.map(({ step, outcomes }) => `${step}: ${outcomes.join(', ')}`).join(' + ')}`,
  );

const section = (name: string, lines: readonly string[]) => (lines.length > 0 ? ['', name, ...lines] : []);

const remedyLines = ({ remedies }: Cause, words: Say, language: Language) =>
  remedies.flatMap(({ title, severity, capture, command, rollback }) => [
    `  ${words('severity', { title: title[language], severity })}`,
    ...(capture === undefined ? [] : [`    $ ${capture}`]),
    `    ${typeof command === 'string' ? '$ ' : ''}${deedIn(command, language)}`,
    `    ${words('undo', { rollback: deedIn(rollback, language) })}`,
  ]);

/** What proves, supports and refutes a cause, what it is confused with, and its ways out. */
export const explainCause = (id: string, catalog: Catalog, language: Language): string | undefined => {
  const cause = Object.hasOwn(catalog.causes, id) ? catalog.causes[id] : undefined;
  if (!cause) return undefined;
  const words = wordsOf(catalog, language);
  const doubles = [...doublesOf(id, catalog.causes)].map(([other, double]) => {
    const about = { id: other, title: catalog.causes[other]?.title[language] ?? other };
    const isStep = typeof double === 'string';
    return `  ${isStep ? words('separates', { ...about, check: double }) : words('together', { ...about, how: double[language] })}`;
  });
  return [
    `${id}  [${cause.stage}]`,
    cause.title[language],
    cause.statement[language],
    ...section(words('proves'), observed(cause.proves)),
    ...section(words('supports'), observed([...cause.supports.strong, ...cause.supports.weak])),
    ...section(words('refutes'), observed(cause.refutes)),
    ...section(words('confusable'), doubles),
    ...section(words('remedies'), remedyLines(cause, words, language)),
  ].join('\n');
};

const termKey = 'commands.term.';

export const terms = ({ phrases }: Pick<Catalog, 'phrases'>): string[] =>
  Object.keys(phrases)
    .filter((key) => key.startsWith(termKey))
    .map((key) => key.slice(termKey.length))
    .sort();

/** A word of networks in one or two sentences; all of them for `glossary`. */
export const explainTerm = (asked: string, catalog: Catalog, language: Language): string | undefined => {
  const line = (term: string) => `${term}\n  ${catalog.phrases[`commands.term.${term}`]?.[language] ?? ''}`;
  const all = terms(catalog);
  if (asked === 'glossary') return all.map(line).join('\n');
  return all.includes(asked) ? line(asked) : undefined;
};
