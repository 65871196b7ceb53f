import type { Language } from '../../domain/text.js';
import { type Io, say } from '../io.js';
import { wordFor } from './reason-text.js';
import { type Resources, writeProblem } from './resources.js';

/** On the error stream, so that what is asked for stays by itself. */
export const sayProblems = async (resources: Resources, io: Pick<Io, 'stderr'>, language: Language): Promise<void> => {
  if (resources.problems.length === 0) return;
  const lines = resources.problems
    .map((problem) => writeProblem(resources, problem))
    .map(({ severity, message, path }) => `  ${severity.padEnd(7)} ${path}: ${message}`);
  await say(io.stderr, [wordFor('problems', {}, language), ...lines].join('\n'));
};
