import type { Cause, Elimination } from '../domain/cause.js';
import { flowWordNames } from '../domain/flow-words.js';
import { languages, placeholders } from '../domain/text.js';
import type { Catalog, CatalogStep } from './catalog.js';
import type { Problem } from './problem.js';

type At = (path: readonly PropertyKey[], message: string) => Problem;
export interface CauseSurroundings {
  readonly steps: Readonly<Record<string, CatalogStep>>;
  readonly elimination: Elimination;
  readonly causes: Readonly<Record<string, unknown>>;
  readonly at: At;
}

const pairProblem = (step: string, outcome: string, steps: Catalog['steps']): string | undefined => {
  const found = steps[step];
  if (!found) return `There is no step "${step}".`;
  return outcome in found.step.outcomes ? undefined : `The step "${step}" has no outcome "${outcome}".`;
};

const evidenceLists = (cause: Cause) =>
  [
    [['proves'], cause.proves],
    [['supports', 'strong'], cause.supports.strong],
    [['supports', 'weak'], cause.supports.weak],
    [['refutes'], cause.refutes],
  ] as const;

const lintEvidence = (cause: Cause, { steps, at }: CauseSurroundings): Problem[] =>
  evidenceLists(cause).flatMap(([path, list]) =>
    list.flatMap((grounds, index) =>
      grounds.flatMap(({ step, outcome }) => {
        const message = pairProblem(step, outcome, steps);
        return message ? [at([...path, index, step], message)] : [];
      }),
    ),
  );

/** Facts that a finding of these steps can carry: those its sentences name. */
const factNames = (cause: Cause, steps: Catalog['steps']): Set<string> => {
  const ids = evidenceLists(cause).flatMap(([, list]) => list.flat().map(({ step }) => step));
  const sentences = ids.flatMap((id) => Object.values(steps[id]?.text.en.outcomes ?? {}));
  return new Set(sentences.flatMap(placeholders).map((name) => name.split('.')[0] ?? name));
};

const lintWords = (cause: Cause, { steps, at }: CauseSurroundings): Problem[] => {
  const known = new Set<string>([...flowWordNames, ...factNames(cause, steps)]);
  const texts: [readonly PropertyKey[], string][] = [
    ...languages.map((language) => [['statement', language], cause.statement[language]] as [PropertyKey[], string]),
    [['subject'], cause.subject],
    ...cause.remedies.flatMap((remedy, index) =>
      (['precheck', 'command', 'rollback'] as const).map((key) => [['remedies', index, key], remedy[key]] as [PropertyKey[], string]),
    ),
  ];
  return texts.flatMap(([path, text]) =>
    placeholders(text)
      .map((name) => name.split('.')[0] ?? name)
      .filter((name) => !known.has(name))
      .map((name) => at(path, `Nothing fills {${name}}: neither the flow nor a sentence of a step this cause names.`)),
  );
};

const unknownNames = (cause: Cause, { steps, elimination, causes, at }: CauseSurroundings): Problem[] => [
  ...cause.explains
    .filter((row) => !(row in elimination))
    .map((row) => at(['explains', cause.explains.indexOf(row)], `There is no elimination row "${row}".`)),
  ...Object.entries(cause.confusable).flatMap(([id, separator]) => [
    ...(id in causes ? [] : [at(['confusable', id], `There is no cause "${id}".`)]),
    ...(separator === null || separator in steps ? [] : [at(['confusable', id], `There is no step "${separator}".`)]),
  ]),
  ...cause.remedies.flatMap((remedy, index) =>
    remedy.verify.filter((step) => !(step in steps)).map((step) => at(['remedies', index, 'verify'], `There is no step "${step}".`)),
  ),
];

export const lintCause = (cause: Cause, around: CauseSurroundings): Problem[] => [
  ...lintEvidence(cause, around),
  ...lintWords(cause, around),
  ...unknownNames(cause, around),
];

export const lintElimination = (elimination: Elimination, around: Omit<CauseSurroundings, 'elimination'>): Problem[] =>
  Object.entries(elimination).flatMap(([name, row]) => [
    ...Object.entries(row.when).flatMap(([step, outcomes]) =>
      [outcomes].flat().flatMap((outcome) => {
        const message = pairProblem(step, outcome, around.steps);
        return message ? [around.at([name, 'when', step], message)] : [];
      }),
    ),
    ...row.keeps.filter((id) => !(id in around.causes)).map((id) => around.at([name, 'keeps'], `There is no cause "${id}".`)),
  ]);
