import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import { type AnyQuery, defineQuery } from '../../../src/domain/query.js';
import { createMeter } from '../../../src/ports/live/meter.js';
import { createNodePort } from '../../../src/ports/node/node-port.js';
import type { NodeRung } from '../../../src/ports/node/rung.js';
import { shellHere } from '../live/imitation/local-shell.js';
import { never, unclean } from '../live/imitation/target.js';

const query = (name: string, more: Partial<AnyQuery>): AnyQuery =>
  defineQuery({
    ...{ name, where: 'node', level: 'node', limit: 5, args: z.strictObject({}), parse: () => null },
    ...{ variants: [{ tool: 'sh', argv: () => ['sh', '-c', 'echo plain'] }] },
    ...more,
  });
const rules = query('rules', {
  variants: [
    { tool: 'till-rules', root: true, argv: () => ['till-rules', '-c', 'a:b'] },
    { tool: 'cat', argv: () => ['cat', '/proc/sys/kernel/ostype'] },
  ],
});
const onlyRoot = query('only-root', { variants: rules.variants.slice(0, 1) });
const big = query('big', {
  cap: 2 << 20,
  variants: [{ tool: 'sh', argv: () => ['sh', '-c', 'yes cart | head -c 1000000'] }],
});
const queries = {
  rules,
  big,
  'only-root': onlyRoot,
  plain: query('plain', {}),
  inside: query('inside', { where: 'pod' }),
};

const rung = (open: NodeRung['open'], access: NodeRung['access'] = 'ssh'): NodeRung => ({
  access,
  open,
  close: async () => {},
});
const port = (rungs: readonly NodeRung[], level: 'probe' | 'node' = 'node') =>
  createNodePort({
    ...{ rungs, queries, level: () => level, meter: createMeter(), clean: unclean, patience: 15_000 },
    closing: new AbortController().signal,
  });
const ask = (name: string, node = 'till-1') => ({ port: 'node', node, query: name, args: {} }) as const;
const refused = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error as Error,
  );

describe('a program that only root may run', () => {
  it('goes through sudo for anybody else, and is told as it was run', async () => {
    const sudo = { 'till-rules': 'exit 9', sudo: 'shift 2; echo "as root: $*"' };
    const nodes = port([rung(async () => shellHere({ programs: sudo, user: { id: 1000, name: 'ops' } }))]);
    expect(await nodes.run(ask('rules'), never)).toMatchObject({
      argv: ['sudo', '-n', '--', 'till-rules', '-c', 'a:b'],
      stdout: 'as root: till-rules -c a:b\n',
    });
  });

  it('runs as it is for root', async () => {
    const nodes = port([
      rung(async () => shellHere({ programs: { 'till-rules': 'echo mine' }, user: { id: 0, name: 'root' } })),
    ]);
    expect(await nodes.run(ask('rules'), never)).toMatchObject({ argv: ['till-rules', '-c', 'a:b'], stdout: 'mine\n' });
  });

  it.each<[string, Record<string, string>, string[]?]>([
    ['sudo says no', { sudo: 'echo "sudo: a password is required" >&2; exit 1' }],
    ['there is no sudo', {}, ['sudo']],
  ])('gives way to what everybody may read when %s', async (_, programs, without = []) => {
    const user = { id: 1000, name: 'ops' };
    const shell = await shellHere({ programs: { 'till-rules': 'exit 9', ...programs }, user, without });
    const nodes = port([rung(async () => shell)]);
    expect(await nodes.run(ask('rules'), never)).toMatchObject({ tool: 'cat', stdout: 'Linux\n' });
    const error = await refused(nodes.run(ask('only-root'), never));
    expect(error).toMatchObject({ name: 'CannotLook', code: 'forbidden' });
    expect(error?.message).toMatch(/ops ALL=\(root\) NOPASSWD: \/\S*\/till-rules -c a\\:b$/);
  });

  it('is told apart from one that fails', async () => {
    const programs = { 'till-rules': '', sudo: 'echo "till: table is busy" >&2; exit 1' };
    const nodes = port([rung(async () => shellHere({ programs, user: { id: 1000, name: 'ops' } }))]);
    expect(await nodes.run(ask('only-root'), never)).toMatchObject({ exitCode: 1, stderr: 'till: table is busy\n' });
  });
});

it('reads more of an output where the query says how much', async () => {
  const nodes = port([rung(async () => shellHere({ user: { id: 0, name: 'root' } }))]);
  expect((await nodes.run(ask('big'), never)).stdout).toHaveLength(1_000_000);
});

describe('the ways onto a node', () => {
  const shut = (words: string, code: CannotLook['code'] = 'lost') =>
    rung(async () => {
      throw new CannotLook(code, words);
    });

  it('are tried in their order, once for all checks of a node', async () => {
    const opened: string[] = [];
    const open = async (node: string) => {
      opened.push(node);
      return shellHere({ user: { id: 0, name: 'root' } });
    };
    const nodes = port([shut('SSH is shut.'), rung(open, 'pod')]);
    const runs = ['till-1', 'till-1', 'till-2'].map((node) => nodes.run(ask('plain', node), never));
    expect((await Promise.all(runs)).map(({ stdout }) => stdout)).toEqual(['plain\n', 'plain\n', 'plain\n']);
    expect(opened.toSorted()).toEqual(['till-1', 'till-2']);
  });

  it('that are all closed are all named, with the code of the best', async () => {
    const nodes = port([shut('SSH is shut.', 'timeout'), shut('No Pod has tools.', 'tool-missing')]);
    expect(await refused(nodes.run(ask('plain'), never))).toMatchObject({
      ...{ code: 'timeout', message: 'Node till-1: SSH is shut. No Pod has tools.' },
    });
  });

  it('may be none', async () => {
    expect((await refused(port([]).run(ask('plain'), never)))?.message).toContain('--node-access says none');
  });
});

it('runs nothing below level node, and nothing that it does not know', async () => {
  const open = rung(async () => shellHere({}));
  await expect(port([open], 'probe').run(ask('plain'), never)).rejects.toThrow('needs level node');
  await expect(port([open]).run(ask('inside'), never)).rejects.toThrow('no query "inside" for nodes');
  await expect(port([open]).run(ask('door'), never)).rejects.toThrow('no query "door" for nodes');
});
