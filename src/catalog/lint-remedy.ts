import { type Cause, type Deed, deeds, type Remedy } from '../domain/cause.js';
import { languages } from '../domain/text.js';
import { lintPhrase } from './lint-step.js';
import type { Problem } from './problem.js';

type At = (path: readonly PropertyKey[], message: string) => Problem;

/** Every text of a remedy with its place, in every language. */
export const textsOfRemedy = (remedy: Remedy, index: number): [readonly PropertyKey[], string][] => {
  const written = (name: string, deed: Deed): [readonly PropertyKey[], string][] =>
    typeof deed === 'string'
      ? [[['remedies', index, name], deed]]
      : languages.map((language) => [['remedies', index, name, language], deed[language]]);
  return [
    ...deeds.flatMap((name) => written(name, remedy[name])),
    ...(remedy.capture === undefined ? [] : written('capture', remedy.capture)),
  ];
};

const isLine = (deed: Deed) => typeof deed === 'string';

/** What is changed by a line and undone by a line has an old value, and only who kept it can write it back. */
const keepsTheOldValue = ({ severity, rollback, capture }: Remedy): string | undefined => {
  if (severity === 0 && isLine(rollback))
    return 'A remedy of severity 0 changes nothing: say so where the rollback stands.';
  if (severity === 0 && capture !== undefined)
    return 'A remedy of severity 0 changes nothing: there is nothing to capture.';
  if (severity > 0 && isLine(rollback) && capture === undefined)
    return 'The rollback is a line: "capture" has to keep the old value before.';
  return undefined;
};

const evidenceOf = ({ proves, supports, refutes }: Cause) =>
  new Set([...proves, ...supports.strong, ...supports.weak, ...refutes].flat().map(({ step }) => step));

/** Repeating checks that say nothing about the cause would call it gone whatever is there. */
const tellsThatItIsGone = ({ verify }: Remedy, evidence: ReadonlySet<string>) =>
  evidence.size === 0 || verify.some((step) => evidence.has(step))
    ? undefined
    : 'No check of "verify" proves, supports or refutes the cause: none can tell that it is gone.';

/** That a remedy can be undone and its success be seen. */
export const lintRemedies = (cause: Cause, at: At): Problem[] => {
  const evidence = evidenceOf(cause);
  return cause.remedies.flatMap((remedy, index) => {
    const wrong = [keepsTheOldValue(remedy), tellsThatItIsGone(remedy, evidence)];
    return [
      ...wrong.flatMap((message) => (message ? [at(['remedies', index], message)] : [])),
      ...deeds.flatMap((name) => {
        const deed = remedy[name];
        return typeof deed === 'string' ? [] : lintPhrase(deed, ['remedies', index, name], at);
      }),
    ];
  });
};
