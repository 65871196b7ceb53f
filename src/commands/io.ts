import type { Readable, Writable } from 'node:stream';

/** The process as a command may see it. Only `cli.tsx` touches the real one. */
export interface Io {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Tells the libraries that draw, before they are loaded: they read the environment by their own rules. */
  setColor(wanted: boolean): void;
  hasColor(): boolean;
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number; readonly rows?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean };
  readonly home: string;
  readonly cwd: string;
  readonly user: string;
  readonly pid: number;
  readonly isAlive: (pid: number) => boolean;
  readonly version: string;
  readonly nodeVersion: string;
  /** How the operator calls the program: `net-triage` or `kubectl net-triage`. */
  readonly name: string;
  /** Calls back on SIGINT, SIGTERM and SIGHUP, and returns the way to stop listening. */
  onSignal(listener: (signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP') => void): () => void;
  /** Gives the terminal back to the shell, as its own Ctrl-Z would, until the job goes on. Absent where no shell can. */
  readonly suspend?: (() => Promise<void>) | undefined;
  /** Milliseconds of a clock that never jumps. */
  readonly mono: () => number;
  readonly now: () => number;
}

/** Exit codes that scripts may rely on. 1 is left to crashes: Node uses it for those. */
export const exitCodes = {
  done: 0,
  crash: 1,
  usage: 2,
  fault: 3,
  access: 4,
  inconclusive: 5,
  /** A fix was applied and did not hold, or nobody knows whether it was applied. */
  unverified: 6,
  deadline: 124,
  interrupted: 130,
  terminated: 143,
} as const;

/** The operator has to act: what is wrong, and what to do, in one or two sentences. */
export class UsageProblem extends Error {
  override readonly name = 'UsageProblem';
}

/** A reader that went away (`| head`) has seen what it wanted. */
const isGone = (error: Error) => 'code' in error && (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED');

/**
 * Writes and waits until the stream has taken it, so that a pipe never cuts a document.
 * Throws `UsageProblem` where it can be written nowhere.
 */
export const say = (stream: Writable, text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    stream.write(text.endsWith('\n') ? text : `${text}\n`, (error) => {
      if (!error || isGone(error)) resolve();
      else
        reject(
          new UsageProblem(
            `The result cannot be written (${error.message}); a session keeps it, see "session show", or use --output-file.`,
          ),
        );
    });
  });
