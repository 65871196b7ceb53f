import { render } from 'ink';
import { App } from '../app.js';
import type { Actions, AppProps } from '../ui/props.js';
import { exitCodes, type Io, say } from './io.js';

export type ScreenProps = Omit<AppProps, 'actions'>;

/** How somebody left the screen: with an exit code, for the line mode, to apply a fix, for an earlier session, or with another runbook. */
export type Left =
  | { readonly to: 'shell'; readonly code?: number | undefined }
  | { readonly to: 'line' }
  | { readonly to: 'fix' }
  | { readonly to: 'session'; readonly id: string }
  | { readonly to: 'runbook'; readonly runbook: string };

export interface Fixing {
  /** Started with `--allow-remediation`. */
  readonly mayFix: boolean;
  /** Somebody has read it all, was away for a fix, and has come back. */
  readonly seen: boolean;
}

/** Draws the screens until somebody leaves. */
export const showScreen = async (
  props: ScreenProps,
  { mayFix, ...actions }: Pick<Actions, 'copy' | 'export'> & Pick<Fixing, 'mayFix'>,
  io: Io,
): Promise<Left> => {
  const { promise: left, resolve: leave } = Promise.withResolvers<Left>();
  const ways = {
    quit: (code?: number) => leave({ to: 'shell', code }),
    goLinear: () => leave({ to: 'line' }),
    resume: (id: string) => leave({ to: 'session', id }),
    goOn: (runbook: string) => leave({ to: 'runbook', runbook }),
    ...(mayFix ? { fix: () => leave({ to: 'fix' }) } : {}),
    ...(io.suspend ? { suspend: io.suspend } : {}),
  };
  const ui = render(<App {...props} actions={{ ...actions, ...ways }} />, {
    stdin: io.stdin as NodeJS.ReadStream,
    stdout: io.stdout as NodeJS.WriteStream,
    stderr: io.stderr as NodeJS.WriteStream,
    interactive: true,
    alternateScreen: true,
    incrementalRendering: true,
    // A key may have to wait for one frame to pass, on top of its own.
    maxFps: 40,
    exitOnCtrlC: false,
    patchConsole: false,
  });
  const forget = io.onSignal((signal) => ways.quit(signal === 'SIGINT' ? exitCodes.interrupted : exitCodes.terminated));
  const broken = ui.waitUntilExit().then(
    () => undefined,
    async (error: unknown) => {
      await say(io.stderr, error instanceof Error ? (error.stack ?? error.message) : String(error));
      ways.quit(exitCodes.crash);
    },
  );
  const way = await left;
  forget();
  ui.unmount();
  await broken;
  return way;
};
