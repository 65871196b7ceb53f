import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CannotLook } from '../../../../src/domain/cannot-look.js';
import type { PodAccess } from '../../../../src/domain/pod-access.js';
import { type AnyQuery, defineQuery } from '../../../../src/domain/query.js';
import { ImageUnusable } from '../../../../src/ports/live/rungs/container-state.js';
import { createLadder } from '../../../../src/ports/live/rungs/ladder.js';
import type { Rung } from '../../../../src/ports/live/rungs/rung.js';
import { never } from '../imitation/target.js';

const knock: AnyQuery = defineQuery({
  ...{ name: 'knock', where: 'pod', level: 'probe', limit: 5, args: z.strictObject({}), elsewhere: 'look-alike' },
  variants: [
    { tool: 'nc', argv: () => ['nc', '-h'] },
    { tool: 'curl', argv: () => ['curl'] },
  ],
  parse: ({ stdout }) => stdout,
});
const present: AnyQuery = defineQuery({
  ...{ name: 'present', where: 'pod', level: 'probe', limit: 5, args: z.strictObject({}), elsewhere: 'look-alike' },
  variants: [{ tool: 'sh', argv: () => ['sh'] }],
  worth: (has) => has('nc'),
  parse: ({ stdout }) => stdout,
});

/** A rung whose place has these programs; without a list it has not even a shell. */
const rung = (access: PodAccess, has: readonly string[] | undefined, more: Partial<Rung> = {}): Rung => ({
  ...{ access, serves: () => true },
  open: async () => ({
    ...{ access, at: `${access} of cart` },
    tools: { known: has !== undefined, names: new Set(has), paths: new Map(), batch: false, grace: 5_000 },
    run: async ({ tool }) => {
      if (!has?.includes(tool)) throw new CannotLook('tool-missing', `no ${tool}`);
      return { exitCode: 0, durationMs: 1, stdout: tool, stderr: '', cut: false };
    },
  }),
  ...more,
});
const refusing = (access: PodAccess, error: CannotLook) => rung(access, [], { open: () => Promise.reject(error) });
const forbidden = new CannotLook('forbidden', 'no exec here', {
  verb: 'create',
  resource: 'pods/exec',
  group: '',
  namespace: 'shop',
});

const climb = async (rungs: readonly Rung[], query = knock, advice = 'Try --probe-image.') => {
  let runs = 0;
  const run = createLadder({ rungs, advice, onRun: () => (runs += 1) });
  const pod = { namespace: 'shop', name: 'cart' };
  const ran = await run({ pod, query, args: {}, ofSource: true }, never).catch((error: CannotLook) => error);
  return ran instanceof CannotLook ? ran : { by: ran.footing.access, tool: ran.output.stdout, runs };
};

describe('the rung that is taken', () => {
  it.each([
    ['the first that has a program', [rung('exec', ['curl']), rung('ephemeral', ['nc'])], 'exec', 'curl'],
    ['the next where there is no shell', [rung('exec', undefined), rung('ephemeral', ['nc'])], 'ephemeral', 'nc'],
    ['the next where there is no program', [rung('exec', ['sh']), rung('probe-pod', ['nc'])], 'probe-pod', 'nc'],
    [
      'none that would say nothing of this Pod',
      [rung('exec', ['sh']), rung('ephemeral', ['nc'], { serves: () => false }), rung('node', ['nc'])],
      ...['node', 'nc'],
    ],
    [
      'the one that may have it, where no other has',
      [rung('exec', undefined, { open: rung('exec', ['nc']).open }), rung('ephemeral', ['sh'])],
      ...['exec', 'nc'],
    ],
    [
      'the node, where exec is forbidden',
      [refusing('exec', forbidden), rung('ephemeral', ['nc']), rung('node', ['nc'])],
      ...['node', 'nc'],
    ],
    [
      'another where one cannot be opened',
      [rung('exec', undefined), refusing('ephemeral', new CannotLook('lost', 'x')), rung('probe-pod', ['nc'])],
      ...['probe-pod', 'nc'],
    ],
  ] as [string, Rung[], string, string][])('is %s', async (_, rungs, by, tool) => {
    expect(await climb(rungs)).toEqual({ by, tool, runs: 1 });
  });

  it('is another one where the answer would be of no use', async () => {
    expect(await climb([rung('exec', ['sh']), rung('ephemeral', ['sh', 'nc'])], present)).toMatchObject({
      by: 'ephemeral',
    });
    expect(await climb([rung('exec', ['sh'])], present)).toMatchObject({ by: 'exec', tool: 'sh' });
  });

  it('tries programs one by one only where no rung knows what it has', async () => {
    const blind = rung('exec', undefined);
    expect(await climb([blind])).toMatchObject({ code: 'tool-missing' });
    expect(await climb([blind, rung('ephemeral', ['nc'])])).toMatchObject({ runs: 1 });
  });
});

describe('a ladder without a foothold', () => {
  it('says what would open another', async () => {
    const error = await climb([rung('exec', undefined)]);
    expect(error).toMatchObject({ code: 'tool-missing' });
    expect((error as CannotLook).message).toBe(
      'There is no program for this in pod shop/cart; it takes one of: nc, curl. Try --probe-image.',
    );
  });

  it('tells of every rung', async () => {
    const rungs = [
      rung('exec', undefined),
      refusing('ephemeral', new CannotLook('forbidden', 'No right.')),
      refusing('probe-pod', new CannotLook('lost', 'No node.')),
    ];
    expect(((await climb(rungs, knock, '')) as CannotLook).message).toMatch(
      /By ephemeral: No right\. By probe-pod: No node\.$/,
    );
  });

  it('keeps the right that is missing, and makes nothing in vain', async () => {
    const opened: string[] = [];
    const making = (access: PodAccess) =>
      rung(access, ['nc'], { open: (pod) => Promise.reject(opened.push(pod.name)) });
    const error = await climb([refusing('exec', forbidden), making('ephemeral'), making('probe-pod')]);
    expect(error).toMatchObject({ code: 'forbidden', missing: { resource: 'pods/exec' } });
    expect((error as CannotLook).message).toBe('no exec here');
    expect(opened).toEqual([]);
  });

  it('does not start an image twice that cannot be started', async () => {
    const opened: string[] = [];
    const image = new ImageUnusable('lost', 'It cannot start: ErrImageNeverPull.');
    const second = rung('probe-pod', ['nc'], { open: (pod) => Promise.reject(opened.push(pod.name)) });
    expect(await climb([rung('exec', undefined), refusing('ephemeral', image), second])).toMatchObject({
      code: 'tool-missing',
    });
    expect(opened).toEqual([]);
  });

  it.each(['lost', 'timeout', 'capped'] as const)('goes no further where the container itself is %s', async (code) => {
    const rungs = [refusing('exec', new CannotLook(code, 'gone')), rung('ephemeral', ['nc'])];
    expect(await climb(rungs)).toMatchObject({ code, message: 'gone' });
  });
});
