import { PassThrough } from 'node:stream';
import type { Io } from '../../src/commands/io.js';
import { program } from '../../src/commands/program.js';

const start = Date.parse('2026-11-20T02:14:04Z');

type Streams = Pick<Io, 'stdin' | 'stdout' | 'stderr'>;

// Nobody reads before the end: whoever writes more than fits waits for ever.
const unread = () => new PassThrough({ highWaterMark: 1 << 24 });

/** A process without a terminal, whose home and folder are `home`. */
export const fakeIo = (argv: readonly string[], home: string, changes: Partial<Io> = {}) => {
  const streams = { stdin: new PassThrough(), stdout: unread(), stderr: unread() } satisfies Streams;
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

/** What was written, also in many pieces: one look may hand out one of them only. */
const textOf = (stream: PassThrough): string => {
  const pieces: Buffer[] = [];
  for (let piece = stream.read() as Buffer | null; piece; piece = stream.read() as Buffer | null) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
};

/** Runs the program to its end and answers with what it left behind. */
export const run = async (argv: readonly string[], home: string, changes: Partial<Io> = {}) => {
  const { io, stdout, stderr, listeners } = fakeIo(argv, home, changes);
  const code = await program(io);
  return { code, out: textOf(stdout), err: textOf(stderr), stillListening: listeners.length };
};
