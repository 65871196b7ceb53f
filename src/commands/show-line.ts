import { runLineMode } from '../ui/line/run-line-mode.js';
import type { Actions } from '../ui/props.js';
import type { Io } from './io.js';
import type { Left, ScreenProps } from './show-screen.js';

/** The same session in words, one line after the other. */
export const showLine = async (
  props: ScreenProps,
  actions: Pick<Actions, 'copy' | 'export'>,
  io: Io,
): Promise<Left> => {
  // A screen that was left before has let go of the terminal: Node would not wait for an answer any more.
  (io.stdin as Partial<NodeJS.ReadStream>).ref?.();
  return { to: 'shell', code: await runLineMode({ ...props, actions, input: io.stdin, output: io.stdout }) };
};
