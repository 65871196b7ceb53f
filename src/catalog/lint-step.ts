import type { AnyStep } from '../domain/step.js';
import { languages, type Phrase, placeholders, type StepText } from '../domain/text.js';
import type { Problem } from './problem.js';

type At = (path: readonly PropertyKey[], message: string) => Problem;

const sameWords = (a: string, b: string) => placeholders(a).sort().join() === placeholders(b).sort().join();

const lintOutcomeTexts = (step: AnyStep, text: StepText, at: At): Problem[] =>
  languages.flatMap((language) => {
    const written = Object.keys(text[language].outcomes);
    return [
      ...Object.keys(step.outcomes)
        .filter((outcome) => !written.includes(outcome))
        .map((outcome) => at([language, 'outcomes'], `The outcome "${outcome}" has no sentence.`)),
      ...written
        .filter((outcome) => !Object.hasOwn(step.outcomes, outcome))
        .map((outcome) => at([language, 'outcomes', outcome], `The step has no outcome "${outcome}".`)),
    ];
  });

/** Every outcome has a sentence in every language, and all languages name the same facts. */
export const lintStepText = (step: AnyStep, text: StepText, at: At): Problem[] => [
  ...lintOutcomeTexts(step, text, at),
  ...languages.flatMap((language) =>
    Object.entries(text[language].outcomes)
      .filter(([outcome, sentence]) => !sameWords(sentence, text.en.outcomes[outcome] ?? ''))
      .map(([outcome]) => at([language, 'outcomes', outcome], 'The placeholders differ from the English sentence.')),
  ),
  ...languages
    .filter((language) => text[language]['by-hand'] !== text.en['by-hand'])
    .map((language) => at([language, 'by-hand'], 'The command differs from the English one.')),
];

export const lintPhrase = (phrase: Phrase, path: readonly PropertyKey[], at: At): Problem[] =>
  languages
    .filter((language) => !sameWords(phrase[language], phrase.en))
    .map((language) => at([...path, language], `The placeholders differ from the English phrase: ${phrase.en}`));
