import type WebSocket from 'ws';
import type { Connection } from './connection.js';
import { collector, type ExecStatus, readStatus } from './exec-frames.js';
import { ExecRefused, openExecSocket } from './exec-socket.js';
import type { Meter } from './meter.js';

export type ExecEnded = 'status' | 'timeout' | 'abort' | 'cap' | 'lost';

/** What a program left behind, as it came: not yet cleaned. */
export interface ExecResult {
  readonly ended: ExecEnded;
  /** NaN unless `ended` is `status` and the program started. */
  readonly exitCode: number;
  readonly message: string;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  readonly durationMs: number;
}

export interface Attempt {
  /** Path and query, admitted. */
  readonly path: string;
  readonly deadline: number;
  /** Bytes kept of each of the two outputs. */
  readonly cap: number;
  /** Told of every piece of stdout as it comes. */
  readonly onStdout?: ((bytes: Buffer) => void) | undefined;
}

const politeness = 250;

// A peer that no longer reads would never answer the closing frame.
const hangUp = (socket: WebSocket) => {
  socket.close(1000);
  setTimeout(() => socket.terminate(), politeness).unref();
};

const listen = ({ cap, onStdout }: Attempt, meter: Meter) => {
  const stdout = collector(cap);
  const stderr = collector(cap);
  const outputs = new Map<number | undefined, typeof stdout>([
    [1, stdout],
    [2, stderr],
  ]);
  const seen: { status?: ExecStatus; full: boolean; bytes: number } = { full: false, bytes: 0 };
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  const take = (socket: WebSocket, frame: Buffer) => {
    const [channel, bytes] = [frame[0], frame.subarray(1)];
    seen.bytes += frame.length;
    meter.received(frame.length);
    // Servers open with an empty frame on every channel.
    if (bytes.length === 0) return;
    if (channel === 3) seen.status = readStatus(bytes.toString('utf8')) ?? seen.status;
    if (seen.full) return;
    if (channel === 1) onStdout?.(bytes);
    if (outputs.get(channel)?.add(bytes) !== false) return;
    seen.full = true;
    hangUp(socket);
  };
  const attach = (socket: WebSocket) => {
    socket.on('message', (data) => take(socket, Buffer.isBuffer(data) ? data : Buffer.from(data as ArrayBuffer)));
    socket.once('close', () => resolve());
  };
  return { stdout, stderr, seen, closed, attach };
};
type Listening = ReturnType<typeof listen>;

const endedBy = ({ seen }: Listening, signal: AbortSignal, limit: AbortSignal): ExecEnded => {
  if (seen.full) return 'cap';
  if (seen.status) return 'status';
  if (signal.aborted) return 'abort';
  return limit.aborted ? 'timeout' : 'lost';
};

const follow = async (
  connection: Connection,
  path: string,
  { listening, signal }: { listening: Listening; signal: AbortSignal },
) => {
  const socket = await openExecSocket(connection, path, { signal, attach: listening.attach });
  const stop = () => hangUp(socket);
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  await listening.closed;
  signal.removeEventListener('abort', stop);
};

/** One exec from its request to its last byte. Rejects with `ExecRefused` or the error of the connection. */
export const attemptExec = async (
  { connection, meter }: { connection: Connection; meter: Meter },
  attempt: Attempt,
  signal: AbortSignal,
): Promise<ExecResult> => {
  const began = performance.now();
  const { path, deadline } = attempt;
  const limit = AbortSignal.timeout(deadline);
  const both = AbortSignal.any([signal, limit]);
  const listening = listen(attempt, meter);
  let status = 101;
  meter.sent();
  try {
    await follow(connection, path, { listening, signal: both });
  } catch (error) {
    status = error instanceof ExecRefused ? error.reply.status : 0;
    if (!both.aborted) throw error;
  } finally {
    const [shown = path] = path.split('?');
    meter.exchanged({ method: 'GET', path: shown, status, bytes: listening.seen.bytes, ms: performance.now() - began });
  }
  const ended = endedBy(listening, signal, limit);
  return {
    ended,
    exitCode: ended === 'status' ? (listening.seen.status?.exitCode ?? Number.NaN) : Number.NaN,
    message: listening.seen.status?.message ?? '',
    stdout: listening.stdout.bytes(),
    stderr: listening.stderr.bytes(),
    durationMs: performance.now() - began,
  };
};
