import type { Client, ClientChannel } from 'ssh2';
import { CannotLook } from '../../domain/cannot-look.js';
import type { ExecEnded, ExecResult } from '../live/exec-attempt.js';
import { collector } from '../live/exec-frames.js';
import type { Shell, ShellRequest } from '../live/shell.js';
import { commandLine } from './quote.js';

const defaultCap = 1 << 20;

/** Follows one program to its end, or to the moment nobody wants it any more. */
const follow = (channel: ClientChannel, { cap = defaultCap, onStdout }: ShellRequest, stop: AbortSignal) => {
  const { promise, resolve } = Promise.withResolvers<{ ended: ExecEnded; exitCode: number; texts: Buffer[] }>();
  const [stdout, stderr] = [collector(cap), collector(cap)];
  const seen = { exitCode: Number.NaN, ended: undefined as ExecEnded | undefined };
  const end = (ended: ExecEnded) => {
    seen.ended ??= ended;
    // Closing does not end what runs there, which is why every program carries a limit of its own.
    channel.close();
  };
  const abort = () => end('abort');
  if (stop.aborted) abort();
  stop.addEventListener('abort', abort, { once: true });
  channel.on('data', (bytes: Buffer) => {
    if (seen.ended) return;
    onStdout?.(bytes);
    if (stdout.add(bytes) === false) end('cap');
  });
  channel.stderr.on('data', (bytes: Buffer) => {
    if (!seen.ended && stderr.add(bytes) === false) end('cap');
  });
  // A program that was killed has a signal in the place of a code.
  channel.on('exit', (code: number | null) => {
    seen.exitCode = code ?? 137;
  });
  channel.on('error', () => end('lost'));
  channel.on('close', () => {
    stop.removeEventListener('abort', abort);
    const ended = seen.ended ?? (Number.isNaN(seen.exitCode) ? 'lost' : 'status');
    resolve({ ended, exitCode: seen.exitCode, texts: [stdout.bytes(), stderr.bytes()] });
  });
  channel.end();
  return promise;
};

const run = (client: Client, request: ShellRequest, stop: AbortSignal) =>
  new Promise<Awaited<ReturnType<typeof follow>>>((resolve, reject) => {
    // On a connection that is gone it throws instead of calling back. The end of a quick program may come with the
    // very bytes that open its channel: whoever listens only a moment later never hears of it.
    const giveUp = () => reject(new Error('it did not answer in time'));
    stop.addEventListener('abort', giveUp, { once: true });
    client.exec(commandLine(request.argv), (error, channel) => {
      stop.removeEventListener('abort', giveUp);
      if (error) reject(error);
      else resolve(follow(channel, request, stop));
    });
  });

/** A node behind a connection that is logged in. */
export const clientShell = (client: Client, { key, name }: Pick<Shell, 'key' | 'name'>): Shell => ({
  key,
  name,
  async exec(request, signal): Promise<ExecResult> {
    const began = performance.now();
    const limit = AbortSignal.timeout(request.deadline);
    const stop = AbortSignal.any([signal, limit]);
    const found = await run(client, request, stop).catch((error: Error) => {
      signal.throwIfAborted();
      throw new CannotLook(limit.aborted ? 'timeout' : 'lost', `SSH: ${name} opened no channel: ${error.message}.`);
    });
    signal.throwIfAborted();
    const { ended, exitCode, texts } = found;
    const [stdout = Buffer.alloc(0), stderr = Buffer.alloc(0)] = texts;
    const told = ended === 'abort' ? 'timeout' : ended;
    return {
      ...{ ended: told, exitCode: told === 'status' ? exitCode : Number.NaN, message: '', stdout, stderr },
      durationMs: performance.now() - began,
    };
  },
});
