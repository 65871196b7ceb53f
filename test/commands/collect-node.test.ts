import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { collectible, collectNode } from '../../src/commands/collect-node.js';
import { CannotLook } from '../../src/domain/cannot-look.js';
import { queries } from '../../src/queries/registry.js';
import { fakeWorld, ran } from '../support/fake-world.js';

const never = new AbortController().signal;
const names = collectible(queries).map(({ name }) => name);

describe('what is collected', () => {
  it('follows from the registry: what runs on nodes and needs to be told nothing', () => {
    expect(names).toEqual(expect.arrayContaining(['ip-links', 'ip-routes', 'bridge-fdb', 'packet-sockets']));
    for (const name of names) expect(queries[name]?.where).not.toBe('pod');
  });

  it('holds nothing that captures, connects or needs an address', () => {
    for (const name of ['packet-capture', 'tcp-connect', 'route-to', 'kernel-settings'])
      expect(names).not.toContain(name);
  });
});

describe('one node', () => {
  const collect = (node: (query: string) => ReturnType<typeof ran>) =>
    collectNode(fakeWorld({}, { node }), { node: 'node-a', queries: collectible(queries) }, never);

  it('keeps every output with its hash', async () => {
    const { outputs, unseen } = await collect((query) => ran(`says ${query}`, { argv: [query], exitCode: 2 }));
    expect(unseen).toEqual([]);
    expect(outputs.map(({ query }) => query)).toEqual(names.toSorted((a, b) => a.localeCompare(b, 'en')));
    const links = outputs.find(({ query }) => query === 'ip-links');
    expect(links).toMatchObject({ stdout: 'says ip-links', argv: ['ip-links'], exitCode: 2 });
    expect(links?.sha256).toBe(createHash('sha256').update('says ip-links').digest('hex'));
  });

  it('says what it could not look at, and keeps the rest', async () => {
    const { outputs, unseen } = await collect((query) => {
      if (query === 'bridge-fdb') throw new CannotLook('tool-missing', 'no bridge');
      return ran('', { exitCode: Number.NaN });
    });
    expect(unseen).toEqual([{ query: 'bridge-fdb', code: 'tool-missing', why: 'no bridge' }]);
    expect(outputs).toHaveLength(names.length - 1);
    expect(outputs[0]?.exitCode).toBeNull();
  });

  it('hides no mistake of its own', async () => {
    const broken = collect(() => {
      throw new TypeError('a mistake');
    });
    await expect(broken).rejects.toThrow('a mistake');
  });
});
