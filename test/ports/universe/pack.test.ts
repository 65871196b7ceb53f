import { mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Call } from '../../../src/domain/ports.js';
import { packUniverse, unpackUniverse } from '../../../src/ports/universe/pack.js';
import { fakeWorld } from '../../support/fake-world.js';
import { recording } from '../../support/recording.js';
import { temporaryFolder } from '../../support/temporary.js';

const signal = new AbortController().signal;
const pods: Call = { port: 'kube', verb: 'list', kind: 'pods', namespace: 'shop' };
const logs: Call = { port: 'kube', verb: 'logs', pod: { namespace: 'shop', name: 'cart' }, tailLines: 10 };
const shop = () =>
  recording(fakeWorld({}, { logs: () => 'ready' }), async (world) => {
    await world.ask(pods, signal);
    await world.ask(logs, signal);
  });
const contents = async (folder: string) => {
  const names = (await readdir(folder, { recursive: true })).sort();
  return Promise.all(names.map(async (name) => [name, await readFile(join(folder, name)).catch(() => 'folder')]));
};

describe('packUniverse', () => {
  it('writes the same bytes for the same recording, with other times and leftovers beside it', async () => {
    const [first, second] = [await shop(), await shop()];
    await utimes(join(second, 'index.ndjson'), 0, 0);
    await writeFile(join(second, 'blobs', 'left.partial'), 'torn');
    await packUniverse(first, `${first}.tar.zst`);
    await packUniverse(second, `${second}.tar.zst`);
    expect(await readFile(`${second}.tar.zst`)).toEqual(await readFile(`${first}.tar.zst`));
    expect((await stat(`${first}.tar.zst`)).mode & 0o777).toBe(0o600);
  });

  it('leaves the torn last line behind', async () => {
    const folder = await shop();
    await writeFile(join(folder, 'index.ndjson'), '{"torn', { flag: 'a' });
    await packUniverse(folder, `${folder}.tar.zst`);
    await unpackUniverse(`${folder}.tar.zst`, `${folder}-again`);
    expect(await readFile(join(`${folder}-again`, 'index.ndjson'), 'utf8')).toMatch(/\}\n$/);
  });

  it('says where it cannot write', async () => {
    const folder = await shop();
    const nowhere = join(folder, 'missing', 'shop.universe.tar.zst');
    await expect(packUniverse(folder, nowhere)).rejects.toThrow(`The universe ${nowhere} does not exist.`);
  });
});

describe('unpackUniverse', () => {
  it('gives back what was packed', async () => {
    const folder = await shop();
    await packUniverse(folder, `${folder}.tar.zst`);
    await mkdir(`${folder}-again`);
    await unpackUniverse(`${folder}.tar.zst`, `${folder}-again`);
    expect(await contents(`${folder}-again`)).toEqual(await contents(folder));
  });

  it('writes over nothing', async () => {
    const [folder, other] = [await shop(), await temporaryFolder()];
    await packUniverse(folder, `${folder}.tar.zst`);
    await writeFile(join(other, 'notes.md'), 'the shop is down');
    await expect(unpackUniverse(`${folder}.tar.zst`, other)).rejects.toThrow('the folder is not empty');
    await expect(unpackUniverse(`${folder}.tar.zst`, folder)).rejects.toThrow('the folder is not empty');
    expect(await readdir(other)).toContain('notes.md');
  });
});
