import { PassThrough } from 'node:stream';
import type { Io } from '../../src/commands/io.js';
import { program } from '../../src/commands/program.js';

const start = Date.parse('2026-11-20T02:14:04Z');

type Streams = Pick<Io, 'stdin' | 'stdout' | 'stderr'>;

/** A process without a terminal, whose home and folder are `home`. */
export const fakeIo = (argv: readonly string[], home: string, changes: Partial<Io> = {}) => {
  const streams = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() } satisfies Streams;
  const listeners: ((signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP') => void)[] = [];
  const io: Io = {
    ...streams,
    argv,
    env: {},
    setColor: () => {},
    hasColor: () => false,
    home,
    cwd: home,
    user: 'mira',
    pid: 4711,
    isAlive: (pid) => pid === 4711,
    version: '0.1.0',
    nodeVersion: '26.10.0',
    name: 'net-triage',
    onSignal: (listener) => {
      listeners.push(listener);
      return () => void listeners.splice(listeners.indexOf(listener), 1);
    },
    mono: () => 0,
    now: () => start,
    ...changes,
  };
  return { io, ...streams, listeners };
};

const textOf = (stream: PassThrough): string => {
  const bytes = stream.read() as Buffer | null;
  return bytes?.toString('utf8') ?? '';
};

/** Runs the program to its end and answers with what it left behind. */
export const run = async (argv: readonly string[], home: string, changes: Partial<Io> = {}) => {
  const { io, stdout, stderr, listeners } = fakeIo(argv, home, changes);
  const code = await program(io);
  return { code, out: textOf(stdout), err: textOf(stderr), stillListening: listeners.length };
};
