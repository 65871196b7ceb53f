import { runLineMode } from '../ui/line/run-line-mode.js';
import type { Actions, AppProps } from '../ui/props.js';
import type { Io } from './io.js';

/** The same session in words, one line after the other. */
export const showLine = (
  props: Omit<AppProps, 'actions'>,
  actions: Pick<Actions, 'copy' | 'export'>,
  io: Io,
): Promise<number | undefined> => runLineMode({ ...props, actions, input: io.stdin, output: io.stdout });
