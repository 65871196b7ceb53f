import { type ChildProcess, spawn } from 'node:child_process';
import { inject, onTestFinished } from 'vitest';
import { type Report, reportSchema } from '../../../src/domain/report.js';

export interface Ran {
  /** As a shell tells it: 128 and the signal where one ended the program. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Start {
  readonly env: Readonly<Record<string, string>> & { readonly HOME?: string };
  readonly cwd?: string;
  /** What stands on standard input; `null` is /dev/null. */
  readonly stdin?: string | null;
  /** Nothing more comes, and still the pipe is not closed. */
  readonly stdinStaysOpen?: boolean;
}

/** Starts the built program as the last words of a command, or by itself. */
export const startUnder = (under: readonly string[], args: readonly string[], options: Start) => {
  const { env, cwd = env.HOME ?? '/', stdin = null, stdinStaysOpen = false } = options;
  const [command = '', ...words] = [...under, process.execPath, inject('program'), ...args];
  const child = spawn(command, words, {
    ...{ env, cwd },
    stdio: [stdin === null ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  }) as ChildProcess & { stdout: NodeJS.ReadableStream; stderr: NodeJS.ReadableStream };
  onTestFinished(() => void child.kill('SIGKILL'));
  const said = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  child.stdout.on('data', (bytes: Buffer) => said.stdout.push(bytes));
  child.stderr.on('data', (bytes: Buffer) => said.stderr.push(bytes));
  child.stdin?.on('error', () => {});
  if (stdin !== null) child.stdin?.write(stdin);
  if (!stdinStaysOpen) child.stdin?.end();
  const text = (name: 'stdout' | 'stderr') => Buffer.concat(said[name]).toString('utf8');
  const ended = new Promise<Ran>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, stdout: text('stdout'), stderr: text('stderr') }));
  });
  return { child, ended, text };
};

/** The built program as a process of its own, without a shell. */
export const start = (args: readonly string[], options: Start) => startUnder([], args, options);

/** Runs the program to its end. */
export const run = (args: readonly string[], options: Start): Promise<Ran> => start(args, options).ended;

/** The same behind a command that prepares its streams or its file systems. */
export const runUnder = (under: readonly string[], args: readonly string[], options: Start): Promise<Ran> =>
  startUnder(under, args, options).ended;

/** The one document that stands on standard output. Throws where there is none, a second one, or anything beside it. */
export const reportOf = ({ stdout, stderr }: Pick<Ran, 'stdout' | 'stderr'>): Report => {
  try {
    return reportSchema.parse(JSON.parse(stdout));
  } catch (error) {
    throw new Error(
      `no report on standard output (${String(error)}):\n${stdout.slice(0, 2000)}\nstderr:\n${stderr.slice(0, 2000)}`,
    );
  }
};

/** Looks until `look` answers; what was seen last is told when it never does. */
export const eventually = async <T>(what: string, look: () => T | undefined, seen: () => string): Promise<T> => {
  const until = performance.now() + 20_000;
  while (performance.now() < until) {
    const found = look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error(`never seen: ${what}; the last that was seen:\n${seen()}`);
};
