import { expect, it } from 'vitest';
import type { ExecResult } from '../../../src/ports/live/exec-attempt.js';
import { inTurns } from '../../../src/ports/ssh/in-turns.js';
import { never } from '../live/imitation/target.js';

const ended: ExecResult = {
  ...{ ended: 'status', exitCode: 0, message: '', durationMs: 1 },
  ...{ stdout: Buffer.alloc(0), stderr: Buffer.alloc(0) },
};

/** A shell whose programs end when the test says so. */
const till = (most: number) => {
  const running = new Map<string, PromiseWithResolvers<ExecResult>>();
  const exec = ({ argv: [name = ''] }: { readonly argv: readonly string[] }) => {
    const one = Promise.withResolvers<ExecResult>();
    running.set(name, one);
    return one.promise.finally(() => running.delete(name));
  };
  const shell = inTurns({ key: 'till', name: 'till', exec }, most);
  const start = (name: string, signal = never) => shell.exec({ argv: [name], deadline: 1 }, signal);
  return {
    start,
    now: () => [...running.keys()],
    end: (name: string) => running.get(name)?.resolve(ended),
    fail: (name: string) => running.get(name)?.reject(new Error(name)),
  };
};

it('starts the third when one of two has ended, however it ended', async () => {
  const { start, now, end, fail } = till(2);
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => start(name));
  await expect.poll(now).toEqual(['a', 'b']);
  end('a');
  await a;
  await expect.poll(now).toEqual(['b', 'c']);
  fail('b');
  await expect(b).rejects.toThrow('b');
  await expect.poll(now).toEqual(['c', 'd']);
  end('c');
  end('d');
  expect(await Promise.all([c, d])).toEqual([ended, ended]);
});

it('passes the turn of whoever left on to the next', async () => {
  const { start, now, end } = till(1);
  const gone = new AbortController();
  const first = start('first');
  const left = start('left', gone.signal);
  const last = start('last');
  gone.abort(new Error('left'));
  await expect(left).rejects.toThrow('left');
  end('first');
  await first;
  await expect.poll(now).toEqual(['last']);
  end('last');
  await last;
});
