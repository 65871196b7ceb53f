import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { plain } from '../row.js';

/** Lines in, lines out, on any two streams. Nothing that has been written is ever written again. */
export const createAsker = (input: Readable | NodeJS.ReadableStream, output: Writable | NodeJS.WritableStream) => {
  const lines = createInterface({ input, terminal: false });
  let waiting: ((line: string | null) => void) | undefined;
  let isClosed = false;
  let typed: (line: string) => void = () => undefined;
  lines.on('line', (line) => {
    const answer = waiting;
    waiting = undefined;
    // What was typed before a question appeared is never taken for its answer.
    if (answer) answer(plain(line).trim());
    else typed(plain(line).trim());
  });
  lines.on('close', () => {
    isClosed = true;
    waiting?.(null);
    typed('q');
  });
  return {
    say: (text: string) => void output.write(`${text.split('\n').map(plain).join('\n')}\n`),
    /** The next line, or null when nobody can answer any more. */
    ask(question: string): Promise<string | null> {
      const { promise, resolve } = Promise.withResolvers<string | null>();
      if (isClosed) resolve(null);
      else waiting = resolve;
      output.write(`${plain(question)} `);
      return promise;
    },
    onTyped(listener: (line: string) => void) {
      typed = listener;
      if (isClosed) listener('q');
    },
    close: () => lines.close(),
  };
};
export type Asker = ReturnType<typeof createAsker>;
