import type { Cause, Elimination } from '../domain/cause.js';
import { flowWordNames } from '../domain/flow-words.js';
import { languages, placeholders, type StepText } from '../domain/text.js';
import { unknownWorkloads } from '../domain/workload-of.js';
import type { CatalogStep } from './catalog.js';
import { lintRemedies, textsOfRemedy } from './lint-remedy.js';
import type { Problem } from './problem.js';
import { unknownName } from './unknown-name.js';

type At = (path: readonly PropertyKey[], message: string) => Problem;
export interface CauseSurroundings {
  /** A step whose text cannot be read has none. */
  readonly steps: Readonly<Record<string, Pick<CatalogStep, 'step'> & { readonly text?: StepText | undefined }>>;
  /** Absent where its file cannot be read. */
  readonly elimination?: Elimination | undefined;
  readonly causes: Readonly<Record<string, unknown>>;
  readonly at: At;
}

const pairProblem = (step: string, outcome: string, steps: CauseSurroundings['steps']): string | undefined => {
  const unknown = unknownName('There is no step', step, steps);
  return unknown ?? unknownName(`The step "${step}" has no outcome`, outcome, steps[step]?.step.outcomes ?? {});
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

const stepsOf = (cause: Cause) => evidenceLists(cause).flatMap(([, list]) => list.flat().map(({ step }) => step));

/** Facts that a finding of these steps can carry: those its sentences name. */
const factNames = (cause: Cause, steps: CauseSurroundings['steps']): Set<string> => {
  const sentences = stepsOf(cause).flatMap((id) => Object.values(steps[id]?.text?.en.outcomes ?? {}));
  return new Set(sentences.flatMap(placeholders).map((name) => name.split('.')[0] ?? name));
};

const lintWords = (cause: Cause, { steps, at }: CauseSurroundings): Problem[] => {
  if (stepsOf(cause).some((id) => Object.hasOwn(steps, id) && !steps[id]?.text)) return [];
  const known = new Set<string>([...flowWordNames, ...Object.keys(unknownWorkloads), ...factNames(cause, steps)]);
  const texts: [readonly PropertyKey[], string][] = [
    ...languages.map((language) => [['statement', language], cause.statement[language]] as [PropertyKey[], string]),
    [['subject'], cause.subject],
    ...cause.remedies.flatMap(textsOfRemedy),
  ];
  return texts.flatMap(([path, text]) =>
    placeholders(text)
      .map((name) => name.split('.')[0] ?? name)
      .filter((name) => !known.has(name))
      .map((name) => at(path, `Nothing fills {${name}}: neither the flow nor a sentence of a step this cause names.`)),
  );
};

/** A hop that a fact names is nowhere without it. */
const namesOfHop: Partial<Record<Cause['hop'], readonly string[]>> = {
  node: ['node', 'nodes'],
  'other-node': ['other'],
};

const lintHop = ({ hop, statement, subject }: Cause, { at }: CauseSurroundings): Problem[] => {
  const wanted = namesOfHop[hop];
  const said = [statement.en, subject].flatMap(placeholders);
  if (!wanted || wanted.some((name) => said.includes(name))) return [];
  return [
    at(['hop'], `The hop "${hop}" is named by {${wanted[0]}}, which neither the statement nor the subject says.`),
  ];
};

const problemsOf = (entries: readonly (readonly [readonly PropertyKey[], string | undefined])[], at: At): Problem[] =>
  entries.flatMap(([path, message]) => (message ? [at(path, message)] : []));

const lintNames = (cause: Cause, { steps, elimination, causes, at }: CauseSurroundings): Problem[] =>
  problemsOf(
    [
      ...cause.explains.map(
        (row, index) =>
          [['explains', index], elimination && unknownName('There is no elimination row', row, elimination)] as const,
      ),
      ...Object.entries(cause.confusable).flatMap(([id, separator]) => [
        [['confusable', id], unknownName('There is no cause', id, causes)] as const,
        [
          ['confusable', id],
          typeof separator === 'string' ? unknownName('There is no step', separator, steps) : undefined,
        ] as const,
      ]),
      ...cause.remedies.flatMap(({ verify }, remedy) =>
        verify.map(
          (step, index) =>
            [['remedies', remedy, 'verify', index], unknownName('There is no step', step, steps)] as const,
        ),
      ),
    ],
    at,
  );

export const lintCause = (cause: Cause, around: CauseSurroundings): Problem[] => [
  ...lintEvidence(cause, around),
  ...lintWords(cause, around),
  ...lintNames(cause, around),
  ...lintHop(cause, around),
  ...lintRemedies(cause, around.at),
];

export const lintElimination = (
  elimination: Elimination,
  { steps, causes, at }: Omit<CauseSurroundings, 'elimination'>,
): Problem[] =>
  Object.entries(elimination).flatMap(([name, row]) =>
    problemsOf(
      [
        ...Object.entries(row.when).flatMap(([step, outcomes]) =>
          [outcomes].flat().map((outcome) => [[name, 'when', step], pairProblem(step, outcome, steps)] as const),
        ),
        ...row.keeps.map(
          (id, index) => [[name, 'keeps', index], unknownName('There is no cause', id, causes)] as const,
        ),
      ],
      at,
    ),
  );
