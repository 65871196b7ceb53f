import { rm, writeFile } from 'node:fs/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import type { Level } from '../../../src/domain/level.js';
import { NotAllowed } from '../../../src/ports/live/allowlist.js';
import type { ExecRequest } from '../../../src/ports/live/exec.js';
import type { ExecResult } from '../../../src/ports/live/exec-attempt.js';
import { follow } from './imitation/shells.js';
import { local, podPort, refused, result } from './pod-ports.js';

describe('queries of one container', () => {
  it('travel together, after one look at what the container has', async () => {
    const { ask, execs, meter } = podPort(local);
    const [hello, fails, other] = await Promise.all([ask('echo', 'cart $(id)'), ask('fails'), ask('echo', 'a secret')]);
    expect(hello).toMatchObject({
      tool: 'printf',
      argv: ['printf', '%s', 'cart $(id)'],
      exitCode: 0,
      stdout: 'cart $(id)',
      stderr: '',
    });
    expect(fails).toMatchObject({ tool: 'sh', exitCode: 3, stderr: 'broken\n' });
    expect(other.stdout).toBe('a ***');
    expect(execs).toHaveLength(2);
    await ask('echo', 'again');
    expect(execs).toHaveLength(3);
    // The look may take as long as the operator gives one request; what follows, its own limit and five seconds.
    expect(execs.map(({ deadline }) => deadline)).toEqual([40_000, 15_000, 15_000]);
    expect(meter.cost().commands).toBe(5);
  });

  it('are answered while a slower one of the same exec still runs', async () => {
    const pipe = `/tmp/net-triage-queue-${process.pid}`;
    await follow(['sh'], ['sh', '-c', 'mkfifo "$1"', 'x', pipe], () => {});
    onTestFinished(() => rm(pipe));
    const { ask, execs } = podPort(local);
    const slow = ask('reads', pipe);
    expect(await ask('echo', 'paid')).toMatchObject({ stdout: 'paid' });
    await writeFile(pipe, 'closed');
    expect(await slow).toMatchObject({ stdout: 'closed' });
    expect(execs).toHaveLength(2);
  });

  it('do not travel with those of another pod', async () => {
    const { ask, execs } = podPort(local);
    await Promise.all([ask('echo', 'a', 'cart'), ask('echo', 'b', 'checkout')]);
    expect(execs.map(({ pod }) => pod.name).sort()).toEqual(['cart', 'cart', 'checkout', 'checkout']);
  });

  it('are split where one address could not carry them', async () => {
    const { ask, execs } = podPort(local);
    const words = Array.from({ length: 5 }, (_, index) => String(index).repeat(5_000));
    const found = await Promise.all(words.map((word) => ask('echo', word)));
    expect(found.map(({ stdout }) => stdout)).toEqual(words);
    expect(execs).toHaveLength(1 + 3);
  });

  it('fail each for itself: too slow, too much, no program', async () => {
    const { ask } = podPort(local);
    const [fine, slow, much, none] = await Promise.all([
      ask('echo', 'fine'),
      ...['hangs', 'floods', 'missing'].map((name) => refused(ask(name))),
    ]);
    expect(fine.stdout).toBe('fine');
    expect([slow, much, none].map((error) => error?.code)).toEqual(['timeout', 'capped', 'tool-missing']);
    expect(none?.message).toContain('no-such-tool, nor-this-one');
  });
});

describe('an exec that goes wrong', () => {
  const afterDetection = (then: () => ExecResult) => {
    let count = 0;
    return async (request: ExecRequest) => (count++ === 0 ? local(request) : then());
  };
  it.each([
    ['timeout', 'timeout'],
    ['cap', 'capped'],
    ['lost', 'lost'],
    ['status', 'lost'],
  ] as const)('%s', async (ended, code) => {
    const { ask } = podPort(afterDetection(() => result({ ended })));
    expect((await Promise.all([refused(ask('echo')), refused(ask('fails'))])).map((error) => error?.code)).toEqual([
      code,
      code,
    ]);
  });

  it('is told to all that travelled in it', async () => {
    const { ask } = podPort(
      afterDetection(() => {
        throw new CannotLook('forbidden', 'no exec here');
      }),
    );
    expect((await Promise.all([refused(ask('echo')), refused(ask('fails'))])).map((error) => error?.code)).toEqual([
      'forbidden',
      'forbidden',
    ]);
  });

  it('at the first look is not remembered', async () => {
    let count = 0;
    const { ask } = podPort(async (request) => {
      if (count++ === 0) throw new CannotLook('lost', 'the container is starting');
      return local(request);
    });
    expect(await refused(ask('echo'))).toMatchObject({ code: 'lost' });
    expect(await ask('echo', 'open')).toMatchObject({ stdout: 'open' });
  });
});

describe('a call that is a mistake of ours', () => {
  it.each([
    ['a query that does not exist', 'pay', '', 'probe'],
    ['a level that does not allow it', 'echo', '', 'observe'],
  ] as [string, string, string, Level][])('%s', async (_, name, word, level) => {
    const { ask, execs } = podPort(local, level);
    expect(await refused(ask(name, word))).not.toBeInstanceOf(CannotLook);
    if (level === 'observe') expect(await refused(ask(name, word))).toBeInstanceOf(NotAllowed);
    expect(execs).toHaveLength(0);
  });
});

it('a caller that gives up does not take the others with it', async () => {
  const caller = new AbortController();
  const { ask } = podPort(local);
  await ask('echo', 'first');
  const given = refused(ask('echo', 'gone', 'cart', caller.signal));
  const other = ask('echo', 'stays');
  caller.abort(new Error('enough'));
  expect(await given).toMatchObject({ message: 'enough' });
  expect(await other).toMatchObject({ stdout: 'stays' });
});
