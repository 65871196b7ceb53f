import { runLineMode } from '../ui/line/run-line-mode.js';
import type { Actions } from '../ui/props.js';
import { exitCodes, type Io } from './io.js';
import type { Fixing, Left, ScreenProps } from './show-screen.js';

type Terminal = Partial<Pick<NodeJS.ReadStream, 'ref' | 'unref'>>;

/** Somebody who ends the program by a signal still leaves it: what it has made has to be removed. */
const untilSignal = (io: Pick<Io, 'onSignal'>) => {
  const { promise, resolve } = Promise.withResolvers<number>();
  const forget = io.onSignal((name) => resolve(name === 'SIGINT' ? exitCodes.interrupted : exitCodes.terminated));
  return { promise, forget };
};

/** The same session in words, one line after the other. */
export const showLine = async (
  props: ScreenProps,
  { mayFix, seen, ...actions }: Pick<Actions, 'copy' | 'export'> & Fixing,
  io: Io,
): Promise<Left> => {
  const stdin: Terminal = io.stdin as Terminal;
  // A screen that was left before has let go of the terminal: Node would not wait for an answer any more.
  stdin.ref?.();
  const signal = untilSignal(io);
  let wants: Left | undefined;
  const fix = () => {
    wants = { to: 'fix' };
  };
  const goOn = (runbook: string) => {
    wants = { to: 'runbook', runbook };
  };
  const all = { ...actions, goOn, ...(mayFix && { fix }) };
  const talking = runLineMode({ ...props, actions: all, seen, input: io.stdin, output: io.stdout });
  try {
    const code = await Promise.race([talking, signal.promise]);
    return wants && code === undefined ? wants : { to: 'shell', code };
  } finally {
    signal.forget();
    // Nobody waits for an answer any more, and a terminal that is listened to keeps the process alive.
    io.stdin.pause();
    stdin.unref?.();
  }
};
