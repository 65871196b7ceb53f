import { describe, expect, it } from 'vitest';
import type { CannotLook } from '../../../src/domain/cannot-look.js';
import { createBatcher } from '../../../src/ports/live/batcher.js';
import type { ExecEnded, ExecResult } from '../../../src/ports/live/exec-attempt.js';
import type { ShellRequest } from '../../../src/ports/live/shell.js';
import { graceAfter } from '../../../src/ports/live/tools.js';
import { never } from './imitation/target.js';

const said = (number: number, text: string) =>
  Buffer.from(`out ${number} ${text.length} 7.10 7.35\n${text}\nerr ${number} 0\n\nend ${number} 0\n`);

/** A container that prints and ends when the test says so, with jobs that wait in it. */
const running = (words: readonly string[], signals: readonly AbortSignal[] = []) => {
  const started = Promise.withResolvers<{ print: (bytes: Buffer) => void; signal: AbortSignal }>();
  const ending = Promise.withResolvers<ExecResult>();
  const exec = ({ onStdout = () => {} }: ShellRequest, signal: AbortSignal) => {
    started.resolve({ print: onStdout, signal });
    return ending.promise;
  };
  const till = { key: 'till', name: 'container till of pod shop/cart', exec };
  const runJob = createBatcher({ window: 0 });
  const order: string[] = [];
  const answers = words.map((word, index) =>
    runJob(till, 'kill', { job: { argv: [word], limit: 5 }, grace: 5_000, signal: signals[index] ?? never }).then(
      ({ stdout }) => {
        order.push(word);
        return stdout;
      },
      (error: CannotLook) => error,
    ),
  );
  const empty = { stdout: Buffer.alloc(0), stderr: Buffer.alloc(0), message: '', durationMs: 5 };
  const end = (ended: ExecEnded) => ending.resolve({ ...empty, ended, exitCode: ended === 'status' ? 0 : Number.NaN });
  return { started: started.promise, fail: ending.reject, end, answers, order };
};

describe('jobs that travel together', () => {
  it('are answered one by one as they end, whatever still runs', async () => {
    const { started, end, answers, order } = running(['slow', 'fast']);
    const { print } = await started;
    print(said(2, 'refused'));
    expect(await answers[1]).toBe('refused');
    expect(order).toEqual(['fast']);
    print(said(1, 'open'));
    expect(await answers[0]).toBe('open');
    end('status');
    expect(order).toEqual(['fast', 'slow']);
  });

  it.each([
    ['status', 'lost'],
    ['timeout', 'timeout'],
    ['cap', 'capped'],
    ['lost', 'lost'],
  ] as const)('keep their answers when the exec ends with %s, and only the others get none', async (ended, code) => {
    const { started, end, answers } = running(['slow', 'fast', 'half']);
    const { print } = await started;
    print(said(2, 'refused'));
    print(said(3, 'open').subarray(0, -1));
    end(ended);
    expect(await answers[1]).toBe('refused');
    expect([await answers[0], await answers[2]]).toMatchObject([{ code }, { code }]);
  });

  it('keep their answers when the exec fails', async () => {
    const { started, fail, answers } = running(['slow', 'fast']);
    (await started).print(said(2, 'refused'));
    fail(new Error('torn'));
    expect(await answers[1]).toBe('refused');
    expect(await answers[0]).toMatchObject({ message: 'torn' });
  });

  it('are followed until the last one who has no answer gives up', async () => {
    const callers = [new AbortController(), new AbortController(), new AbortController()];
    const { started, answers } = running(
      ['slow', 'fast', 'other'],
      callers.map(({ signal }) => signal),
    );
    const { print, signal } = await started;
    callers[2]?.abort(new Error('enough'));
    print(said(2, 'refused'));
    expect(await answers[1]).toBe('refused');
    expect(signal.aborted).toBe(false);
    callers[0]?.abort(new Error('enough'));
    expect(await answers[0]).toMatchObject({ message: 'enough' });
    expect(signal.aborted).toBe(true);
  });

  it('are given up when the last answer came and the others no longer wait', async () => {
    const caller = new AbortController();
    const { started, answers } = running(['slow', 'fast'], [caller.signal]);
    const { print, signal } = await started;
    caller.abort(new Error('enough'));
    expect(signal.aborted).toBe(false);
    print(said(2, 'refused'));
    expect(await answers[1]).toBe('refused');
    expect(signal.aborted).toBe(true);
  });

  it('leave the exec to end by itself once all have their answers', async () => {
    const callers = [new AbortController(), new AbortController()];
    const { started, answers } = running(
      ['slow', 'fast'],
      callers.map((caller) => caller.signal),
    );
    const { print, signal } = await started;
    print(Buffer.concat([said(1, 'open'), said(2, 'refused')]));
    expect(await Promise.all(answers)).toEqual(['open', 'refused']);
    for (const caller of callers) caller.abort();
    expect(signal.aborted).toBe(false);
  });
});

describe('a slow place', () => {
  it('gets the time its own first answer took, several times over', () => {
    // A clock gives fractions, and a timer takes whole milliseconds only.
    expect([40, 1_250, 5_699.2, 9_000].map(graceAfter)).toEqual([5_000, 5_000, 22_797, 36_000]);
  });

  it('is waited for as long as the most patient of its jobs may take', async () => {
    const asked = Promise.withResolvers<number>();
    const exec = ({ deadline }: ShellRequest) => {
      asked.resolve(deadline);
      return Promise.withResolvers<ExecResult>().promise;
    };
    const runJob = createBatcher({ window: 0 });
    const shell = { key: 'till', name: 'container till', exec };
    for (const [limit, grace] of [
      [8, 5_000],
      [2, 36_000],
    ] as const)
      void runJob(shell, 'kill', { job: { argv: ['nc'], limit }, grace, signal: never });
    expect(await asked.promise).toBe(38_000);
  });
});
