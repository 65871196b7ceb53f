import { rm, writeFile } from 'node:fs/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import type { JsonObject } from '../../../src/domain/json.js';
import type { Level } from '../../../src/domain/level.js';
import { type AnyQuery, defineQuery } from '../../../src/domain/query.js';
import { NotAllowed } from '../../../src/ports/live/allowlist.js';
import type { ExecRequest } from '../../../src/ports/live/exec.js';
import type { ExecResult } from '../../../src/ports/live/exec-attempt.js';
import { createMeter } from '../../../src/ports/live/meter.js';
import { createPlaces, defaultContainer } from '../../../src/ports/live/place.js';
import { createPodPort } from '../../../src/ports/live/pod-port.js';
import { follow } from './imitation/shells.js';
import { never } from './imitation/target.js';

const query = (name: string, tools: Record<string, (word: string) => string[]>, limit = 10): AnyQuery =>
  defineQuery({
    ...{ name, where: 'pod', level: 'probe', limit, args: z.strictObject({ word: z.string() }) },
    variants: Object.entries(tools).map(([tool, argv]) => ({ tool, argv: ({ word }) => argv(word) })),
    parse: ({ stdout }) => stdout,
  });
const queries = {
  echo: query('echo', { 'no-such-printer': () => ['no-such-printer'], printf: (word) => ['printf', '%s', word] }),
  fails: query('fails', { sh: () => ['sh', '-c', 'echo broken >&2; exit 3'] }),
  hangs: query('hangs', { sleep: () => ['sleep', '60'] }, 1),
  floods: query('floods', { head: () => ['sh', '-c', 'yes cart | head -c 5000000'] }),
  reads: query('reads', { cat: (word) => ['cat', word] }),
  missing: query('missing', { 'no-such-tool': () => ['no-such-tool'], 'nor-this-one': () => ['nor-this-one'] }),
};

const result = (more: Partial<ExecResult>): ExecResult => ({
  ...{
    ended: 'status',
    exitCode: 0,
    message: '',
    stdout: Buffer.alloc(0),
    stderr: Buffer.alloc(0),
    durationMs: 5,
    ...more,
  },
});

/** A container that is this machine: what would travel through the API server runs in a shell here. */
const local = async ({ argv, onStdout = () => {} }: ExecRequest) => {
  const { stdout, stderr, status } = await follow(['sh'], argv, onStdout);
  return result({ stdout, stderr, exitCode: status ?? Number.NaN });
};

const podPort = (exec: (request: ExecRequest) => Promise<ExecResult>, level: Level = 'probe') => {
  const execs: ExecRequest[] = [];
  const meter = createMeter();
  const pods = createPodPort({
    ...{ queries, meter, level: () => level, closing: never },
    exec: (request) => {
      execs.push(request);
      return exec(request);
    },
    clean: { cleanText: (text) => text.replaceAll('secret', '***'), cleanJson: (value) => value },
    placeOf: async (pod) => ({ ...pod, container: pod.container ?? 'till' }),
  });
  const ask = (name: string, word = '', pod = 'cart', signal = never) =>
    pods.run({ port: 'pod', pod: { namespace: 'shop', name: pod }, query: name, args: { word } }, signal);
  return { ask, execs, meter };
};
const refused = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error as CannotLook,
  );

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

describe('a container without a shell', () => {
  const shellLess = async (request: ExecRequest) => {
    const [program = ''] = request.argv;
    if (program !== 'printf') throw new CannotLook('tool-missing', `no ${program}`);
    const { stdout } = await follow(['sh'], ['sh', '-c', '"$@"', 'x', ...request.argv], () => {});
    return result({ stdout });
  };

  it('is asked program by program', async () => {
    const { ask, execs } = podPort(shellLess);
    expect(await ask('echo', 'cart')).toMatchObject({ tool: 'printf', stdout: 'cart' });
    expect(execs.map(({ argv }) => argv[0])).toEqual(['sh', 'no-such-printer', 'printf']);
    expect(await refused(ask('fails'))).toMatchObject({ code: 'tool-missing' });
  });

  it.each([
    ['timeout', 'timeout'],
    ['cap', 'capped'],
    ['lost', 'lost'],
  ] as const)('and a program that ends with %s', async (ended, code) => {
    const { ask } = podPort(async (request) =>
      request.argv[0] === 'printf' ? result({ ended, exitCode: Number.NaN }) : shellLess(request),
    );
    expect(await refused(ask('echo'))).toMatchObject({ code });
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

describe('the container that is meant', () => {
  const containers = [{ name: 'proxy' }, { name: 'till' }];
  const annotated = (name: string) => ({ annotations: { 'kubectl.kubernetes.io/default-container': name } });
  it.each([
    ['the annotated one', { metadata: annotated('till'), spec: { containers } }, 'till'],
    [
      'the first where the annotated one does not exist',
      { metadata: annotated('gone'), spec: { containers } },
      'proxy',
    ],
    ['the first without annotation', { metadata: {}, spec: { containers } }, 'proxy'],
    ['none', { metadata: {}, spec: {} }, undefined],
  ])('%s', (_, pod, expected) => {
    expect(defaultContainer(pod)).toBe(expected);
  });

  it('is looked up once per pod, and not at all where it is named', async () => {
    let reads = 0;
    const { placeOf } = createPlaces(async () => {
      reads += 1;
      return { spec: { containers } };
    });
    const ref = { namespace: 'shop', name: 'cart' };
    await placeOf({ ...ref, container: 'till' }, never);
    const both = await Promise.all([placeOf(ref, never), placeOf(ref, never)]);
    expect(both.map(({ container }) => container)).toEqual(['proxy', 'proxy']);
    expect((await placeOf(ref, never)).container).toBe('proxy');
    expect(reads).toBe(1);
  });

  it('is taken from a pod that is being read anyway', async () => {
    const ref = { namespace: 'shop', name: 'cart' };
    const places = createPlaces(() => Promise.reject(new Error('read twice')));
    const reading = Promise.withResolvers<JsonObject | null>();
    places.learn(ref, reading.promise);
    const place = places.placeOf(ref, never);
    reading.resolve({ spec: { containers } });
    expect((await place).container).toBe('proxy');
  });

  it.each([
    ['gives up reading it', () => Promise.reject(new Error('enough'))],
    ['found no such pod', () => Promise.resolve(null)],
  ])('is read where another caller %s', async (_, read) => {
    const ref = { namespace: 'shop', name: 'cart' };
    const places = createPlaces(async () => ({ spec: { containers } }));
    const reading: Promise<JsonObject | null> = read();
    places.learn(ref, reading);
    await reading.catch(() => {});
    expect((await places.placeOf(ref, never)).container).toBe('proxy');
  });

  it('cannot be found in a pod that does not exist', async () => {
    expect(
      await refused(createPlaces(async () => null).placeOf({ namespace: 'shop', name: 'cart' }, never)),
    ).toMatchObject({
      code: 'lost',
    });
  });
});
