import { createInterface } from 'node:readline/promises';
import type { Io } from './io.js';

/** A line on the plain terminal; null where nobody is there any more, or `signal` has ended the waiting. */
export const readLine = async (
  question: string,
  { stdin, stdout }: Pick<Io, 'stdin' | 'stdout'>,
  signal?: AbortSignal,
): Promise<string | null> => {
  const { promise: gone, resolve } = Promise.withResolvers<null>();
  const leave = () => resolve(null);
  if (signal?.aborted) leave();
  signal?.addEventListener('abort', leave);
  const lines = createInterface({ input: stdin, output: stdout, terminal: false });
  lines.once('close', leave);
  try {
    return await Promise.race([gone, lines.question(`${question} `)]);
  } finally {
    signal?.removeEventListener('abort', leave);
    lines.close();
  }
};

/** Nothing but a typed yes is one; Enter alone is a no. */
export const isYes = (line: string | null) => /^\s*y(es)?\s*$/i.test(line ?? '');
