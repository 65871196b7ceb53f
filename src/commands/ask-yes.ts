import { isYes, readLine } from './ask-line.js';
import type { Io } from './io.js';

/** A question on the plain terminal, before anything is drawn. Nothing but a typed yes is one. */
export const askYes = async (question: string, streams: Pick<Io, 'stdin' | 'stdout'>): Promise<boolean> =>
  isYes(await readLine(`${question} [y/N]`, streams));
