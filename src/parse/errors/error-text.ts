import { type ErrorDestination, errorDestination } from './error-destination.js';
import { type KnownError, knownErrors } from './known-errors.js';

export interface ErrorMatch {
  readonly sign: string;
  /** The part of the text that was understood, as it stands there. */
  readonly words: string;
  readonly symptom?: string;
}

/** What a pasted error says. Nothing matched means: nothing is known of it. */
export interface ErrorText {
  readonly matched: readonly ErrorMatch[];
  /** Symptoms that it speaks of. More than one: it is not for a program to choose. */
  readonly symptoms: readonly string[];
  readonly destination?: ErrorDestination;
}

// What is longer is a log: its end is not the error that somebody meant.
const longest = 8_192;

const matchesIn = (text: string, known: readonly KnownError[]): ErrorMatch[] =>
  known.flatMap(({ sign, words, symptom }) => {
    const found = words.exec(text)?.[0];
    return found === undefined ? [] : [{ sign, words: found.trim(), ...(symptom !== undefined && { symptom }) }];
  });

/** Reads text that a program wrote when a connection failed. Total: it never throws and takes linear time. */
export const readErrorText = (given: string): ErrorText => {
  const text = given.slice(0, longest);
  const telling = matchesIn(
    text,
    knownErrors.filter(({ general }) => !general),
  );
  const matched = telling.length > 0 ? telling : matchesIn(text, knownErrors);
  const destination = errorDestination(text);
  return {
    matched,
    symptoms: [...new Set(matched.flatMap(({ symptom }) => symptom ?? []))],
    ...(destination && { destination }),
  };
};
