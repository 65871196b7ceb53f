import { homedir, userInfo } from 'node:os';
import { basename } from 'node:path';
import type { Io } from './commands/io.js';
import { program } from './commands/program.js';

declare const NET_TRIAGE_VERSION: string;

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const userName = () => {
  try {
    return userInfo().username;
  } catch {
    // A container may run under a number that no file names.
    return String(process.getuid?.() ?? 'unknown');
  }
};

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

const suspendedFor = 200;

/**
 * A stopped process runs no timer, so this one fires when the job goes on. Where no shell could let it go on
 * (an orphaned process group), the kernel drops the signal and the timer is all there is.
 */
const suspend = () =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, suspendedFor);
    // The whole group: whoever started this program waits in it too.
    process.kill(0, 'SIGTSTP');
  });

const io: Io = {
  argv: process.argv.slice(2),
  env: process.env,
  setColor: (wanted) => {
    delete process.env.NO_COLOR;
    process.env.FORCE_COLOR = wanted ? '1' : '0';
  },
  hasColor: () => process.env.FORCE_COLOR !== '0',
  // Opening a stream or asking who we are costs more than --help may take, so it happens on first use.
  get stdin() {
    return process.stdin;
  },
  get stdout() {
    return process.stdout;
  },
  get stderr() {
    return process.stderr;
  },
  get home() {
    return homedir();
  },
  get cwd() {
    return process.cwd();
  },
  get user() {
    return userName();
  },
  pid: process.pid,
  isAlive,
  version: NET_TRIAGE_VERSION,
  nodeVersion: process.versions.node,
  name: basename(process.argv[1] ?? '').startsWith('kubectl-') ? 'kubectl net-triage' : 'net-triage',
  suspend: process.platform === 'win32' ? undefined : suspend,
  mono: () => performance.now(),
  now: () => Date.now(),
  onSignal: (listener) => {
    const handlers = signals.map((signal) => [signal, () => listener(signal)] as const);
    for (const [signal, handler] of handlers) process.on(signal, handler);
    return () => {
      for (const [signal, handler] of handlers) process.off(signal, handler);
    };
  },
};

/** A bug of ours says so, without the line of the bundle that Node would print. Ink gives the terminal back on exit. */
const isOurs = (error: unknown) => {
  process.stderr.write(
    `This is a bug of net-triage:\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exit(1);
};
process.on('uncaughtException', isOurs);
process.on('unhandledRejection', isOurs);

// Whoever writes a result learns of a broken pipe or a full disk by itself, and the exit code stays its own.
// A terminal that is gone has nobody left to tell.
process.stdout.on('error', () => {
  if (process.stdout.isTTY) process.exit(1);
});
process.stderr.on('error', () => {});
process.exitCode = await program(io);
// The answer is out: a server that does not let go of its connection keeps nobody waiting.
setTimeout(() => process.exit(), 2000).unref();
