import { render } from 'ink';
import { App } from '../app.js';
import type { Actions, AppProps } from '../ui/props.js';
import { exitCodes, type Io, say } from './io.js';

type Props = Omit<AppProps, 'actions'>;

/** Draws the screens until somebody leaves, and answers with the exit code they chose. */
export const showScreen = async (
  props: Props,
  actions: Pick<Actions, 'copy' | 'export'>,
  io: Io,
): Promise<number | undefined> => {
  const { promise: left, resolve: leave } = Promise.withResolvers<number | undefined>();
  const ui = render(<App {...props} actions={{ ...actions, quit: leave }} />, {
    stdin: io.stdin as NodeJS.ReadStream,
    stdout: io.stdout as NodeJS.WriteStream,
    stderr: io.stderr as NodeJS.WriteStream,
    interactive: true,
    alternateScreen: true,
    incrementalRendering: true,
    maxFps: 20,
    exitOnCtrlC: false,
    patchConsole: false,
  });
  const forget = io.onSignal((signal) => leave(signal === 'SIGINT' ? exitCodes.interrupted : exitCodes.terminated));
  const broken = ui.waitUntilExit().then(
    () => undefined,
    async (error: unknown) => {
      await say(io.stderr, error instanceof Error ? (error.stack ?? error.message) : String(error));
      leave(exitCodes.crash);
    },
  );
  const code = await left;
  forget();
  ui.unmount();
  await broken;
  return code;
};
