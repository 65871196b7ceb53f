import { createInterface } from 'node:readline/promises';
import type { Io } from './io.js';

/** A question on the plain terminal, before anything is drawn. Nothing but a typed yes is one. */
export const askYes = async (question: string, { stdin, stdout }: Pick<Io, 'stdin' | 'stdout'>): Promise<boolean> => {
  const lines = createInterface({ input: stdin, output: stdout, terminal: false });
  const gone = new Promise<string>((resolve) => {
    lines.once('close', () => resolve(''));
  });
  try {
    const answer = await Promise.race([lines.question(`${question} [y/N] `), gone]);
    return /^\s*y(es)?\s*$/i.test(answer);
  } finally {
    lines.close();
  }
};
