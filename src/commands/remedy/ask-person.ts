import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { ReportInput } from '../../report/catalog.js';
import { plain } from '../../report/plain.js';
import { say as phrase } from '../../report/say.js';
import { isYes, readLine } from '../ask-line.js';
import type { Io } from '../io.js';

type Terminal = Io['stdin'] & Partial<Pick<NodeJS.ReadStream, 'setRawMode' | 'ref' | 'unref'>>;
type Streams = Pick<Io, 'stdin' | 'stdout'>;

// What lies in the terminal is handed over at once; a person who reads the question takes longer.
const settleMs = 60;

/** Takes away what was typed before the question was there: nobody can have meant it as the answer. */
const dropTyped = async (stdin: Terminal) => {
  const ignore = () => undefined;
  // Raw, so that also a line that has no end yet is handed over.
  stdin.setRawMode?.(true);
  stdin.on('data', ignore);
  stdin.resume();
  await pause(settleMs);
  stdin.off('data', ignore);
  stdin.pause();
  stdin.setRawMode?.(false);
};

/** One line of a person on the plain terminal; null where nobody is there any more, or `signal` has ended the waiting. */
export const askLine = async (question: string, streams: Streams, signal: AbortSignal): Promise<string | null> => {
  const terminal: Terminal = streams.stdin;
  // A screen that was left before has let go of the terminal: Node would not wait for an answer any more.
  terminal.ref?.();
  await dropTyped(terminal);
  try {
    return await readLine(question, streams, signal);
  } finally {
    terminal.pause();
    terminal.unref?.();
    // Node stops reading only now; a screen that was drawn before would wait for keys that nobody reads.
    await nextTurn();
  }
};

export interface Gate {
  /** `context/namespace/name`. */
  readonly target: string;
  /** The context is marked as production: the whole target is typed, not a letter. */
  readonly marked: boolean;
  /** Where a letter is enough. */
  readonly question: string;
}

export interface Answer {
  readonly yes: boolean;
  /** What was typed, where more than a letter was asked for. */
  readonly typed: string | null;
  /** Nobody is there to be asked anything else. */
  readonly gone: boolean;
}

/** The yes that the context asks for. */
export const askGate = async (
  { target, marked, question }: Gate,
  { input, io }: { input: ReportInput; io: Streams },
  signal: AbortSignal,
): Promise<Answer> => {
  const asked = marked ? phrase(input, 'fix.ask.target', { question, target }) : `${question} [y/N]`;
  const line = await askLine(asked, io, signal);
  const yes = marked ? line?.trim() === target : isYes(line);
  return { yes, typed: marked && line !== null ? plain(line) : null, gone: line === null };
};
