import { z } from 'zod';
import type { Finding } from './finding.js';

const guesses = ['pass', 'fail', 'unsure'] as const;
export type Guess = (typeof guesses)[number];

/** What an operator expected of one run of a check, said before its result was shown. */
export const predictionSchema = z.strictObject({
  node: z.string(),
  check: z.string(),
  run: z.int().min(1),
  guess: z.enum(guesses),
});
export type Prediction = z.infer<typeof predictionSchema>;

/** Predictions that came true, of those that could: a result nobody can predict counts for neither. */
export interface Tally {
  readonly right: number;
  readonly of: number;
}

const canBePredicted = (result: Finding['result']): result is Guess => guesses.some((guess) => guess === result);

/** How well the predictions fit what was found. */
export const tallyOf = (
  predictions: readonly Pick<Prediction, 'node' | 'run' | 'guess'>[],
  findings: readonly Pick<Finding, 'node' | 'run' | 'result'>[],
): Tally => {
  const told = new Map(predictions.map(({ node, run, guess }) => [`${node}.${run}`, guess]));
  const judged = findings.flatMap(({ node, run, result }) => {
    const guess = told.get(`${node}.${run}`);
    return guess !== undefined && canBePredicted(result) ? [guess === result] : [];
  });
  return { right: judged.filter(Boolean).length, of: judged.length };
};
