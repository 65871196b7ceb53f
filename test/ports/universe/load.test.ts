import { appendFile, mkdir, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { zstdCompress } from 'node:zlib';
import fc from 'fast-check';
import { packTar } from 'modern-tar';
import { describe, expect, it } from 'vitest';
import type { Call } from '../../../src/domain/ports.js';
import { sha256 } from '../../../src/ports/canonical.js';
import { caps } from '../../../src/ports/universe/caps.js';
import { packUniverse } from '../../../src/ports/universe/pack.js';
import { UniverseProblem } from '../../../src/ports/universe/problem.js';
import { openUniverse } from '../../../src/ports/universe/replay.js';
import { fakeWorld } from '../../support/fake-world.js';
import { recording } from '../../support/recording.js';
import { temporaryFolder } from '../../support/temporary.js';

const signal = new AbortController().signal;
const cart: Call = { port: 'kube', verb: 'get', kind: 'services', namespace: 'shop', name: 'cart' };
const pods: Call = { port: 'kube', verb: 'list', kind: 'pods', namespace: 'shop' };
const objects = { services: [{ metadata: { name: 'cart', namespace: 'shop' } }] };
const shop = () =>
  recording(fakeWorld(objects), async (world) => {
    await world.ask(pods, signal);
    await world.ask(cart, signal);
  });
const indexOf = (folder: string) => join(folder, 'index.ndjson');
const blobOf = async (folder: string, at = 0) =>
  join(folder, 'blobs', (await readdir(join(folder, 'blobs')))[at] ?? '');
const edit = async (file: string, change: (text: string) => string) =>
  writeFile(file, change(await readFile(file, 'utf8')));
const deep = (text: string) => `${'['.repeat(20_000)}${text}${']'.repeat(20_000)}`;

describe('a damaged folder is refused in one sentence', () => {
  it.each<[string, (folder: string) => Promise<unknown>]>([
    ['does not exist', (folder) => rm(folder, { recursive: true })],
    ['holds no index.ndjson', (folder) => rm(indexOf(folder))],
    ['its index has no header', (folder) => writeFile(indexOf(folder), '')],
    ['its index has no header', (folder) => writeFile(indexOf(folder), 'cart\n')],
    ['its index has no header', (folder) => edit(indexOf(folder), (text) => text.slice(text.indexOf('\n') + 1))],
    ['is of another version', (folder) => edit(indexOf(folder), (text) => text.replace('universe/v1', 'universe/v2'))],
    ['its header lacks', (folder) => edit(indexOf(folder), (text) => text.replace('"synthetic":false,', ''))],
    ['line 2 of its index', (folder) => edit(indexOf(folder), (text) => text.replace('"n":1', '"n":0'))],
    ['line 3 of its index', (folder) => edit(indexOf(folder), (text) => text.replace(/\{[^\n]*\n$/, '{"port"\n'))],
    [
      'line 2 of its index',
      (folder) => edit(indexOf(folder), (text) => text.replace('"kind":"pods"', '"kind":"\\ud800"')),
    ],
    ['line 2 of its index', (folder) => edit(indexOf(folder), (text) => text.replace('"pods"', deep('"pods"')))],
    ['is missing', async (folder) => rm(await blobOf(folder))],
    ['was changed', async (folder) => truncate(await blobOf(folder), 1)],
    ['was changed', async (folder) => appendFile(await blobOf(folder, 1), ' ')],
    [
      'is not a plain file',
      async (folder) => {
        const blob = await blobOf(folder);
        await rm(blob);
        await symlink('/etc/hostname', blob);
      },
    ],
    [
      'is not a plain file',
      async (folder) => {
        await rm(indexOf(folder));
        await mkdir(indexOf(folder));
      },
    ],
    ['is larger than', (folder) => truncate(indexOf(folder), caps.index + 1)],
    ['of another form', (folder) => edit(indexOf(folder), (text) => text.replace('"verb":"list"', '"verb":"logs"'))],
    [
      'of another form',
      (folder) => edit(indexOf(folder), (text) => text.replace('"verb":"list"', '"verb":"toString"')),
    ],
    [
      'of another form',
      async (folder) => {
        const [blob, text] = [await blobOf(folder), deep('')];
        const old = blob.slice(-64);
        await writeFile(join(folder, 'blobs', sha256(text)), text);
        await edit(indexOf(folder), (lines) =>
          lines.replace(old, sha256(text)).replace('"verb":"list"', '"verb":"version"'),
        );
      },
    ],
  ])('%s', async (sentence, damage) => {
    const folder = await shop();
    await damage(folder);
    const problem = await openUniverse(folder).then(
      () => undefined,
      (error) => error,
    );
    expect(problem).toBeInstanceOf(UniverseProblem);
    expect(problem.message).toContain(sentence);
    expect(problem.message).toMatch(/^The universe \/.*[^.]\.$/);
  });

  it('but a last line that a crash tore costs only itself, wherever it tore', async () => {
    const folder = await shop();
    const whole = await readFile(indexOf(folder));
    const lastLine = whole.lastIndexOf('\n', -2) + 1;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: lastLine, max: whole.length - 1 }), async (cut) => {
        await writeFile(indexOf(folder), whole.subarray(0, cut));
        const universe = await openUniverse(folder);
        expect(await universe.ask(pods, signal)).toEqual([]);
        await expect(universe.ask(cart, signal)).rejects.toMatchObject({ code: 'not-recorded' });
      }),
      { numRuns: 25 },
    );
  });
});

describe('a hostile archive is refused in one sentence', () => {
  const compress = promisify(zstdCompress);
  const file = (name: string, more: object = {}) => ({
    header: { name, size: 1, type: 'file' as const, ...more },
    body: 'x',
  });
  const link = (name: string, linkname: string) => ({ header: { name, linkname, size: 0, type: 'symlink' as const } });
  const tar = async (...entries: Parameters<typeof packTar>[0]) => compress(await packTar(entries));

  it.each<[string, string, () => Promise<Uint8Array>]>([
    ['an empty file', 'neither a folder nor', async () => new Uint8Array()],
    ['text', 'neither a folder nor', async () => Buffer.from('{"cart":1}')],
    ['zstd of no archive', 'its archive cannot be read', () => compress(Buffer.alloc(2_000, 'cart'))],
    ['an empty archive', 'holds no index.ndjson', () => tar()],
    ['a name that climbs', 'something other than', () => tar(file('../index.ndjson'))],
    ['a name that climbs inside', 'something other than', () => tar(file('blobs/../../.bashrc'))],
    ['an absolute name', 'something other than', () => tar(file('/etc/passwd'))],
    ['a name with an escape sequence', 'something other than', () => tar(file('\u001b[2J'))],
    ['a blob that is no hash', 'something other than', () => tar(file('blobs/cart'))],
    ['a link', 'something other than', () => tar(link('index.ndjson', '/etc/passwd'))],
    [
      'a device',
      'something other than',
      () => tar({ header: { name: 'index.ndjson', size: 0, type: 'character-device' } }),
    ],
    ['the same name twice', 'index.ndjson twice', () => tar(file('index.ndjson'), file('./index.ndjson'))],
    ['an index of something else', 'its index has no header', () => tar(file('index.ndjson'))],
    ['a bomb', 'is larger than', () => compress(Buffer.alloc(caps.whole + 1))],
    [
      'a large index',
      'is larger than',
      () => {
        const body = Buffer.alloc(caps.index + 1);
        return tar({ header: { name: 'index.ndjson', size: body.length, type: 'file' }, body });
      },
    ],
  ])(
    '%s',
    async (_, sentence, bytes) => {
      const path = join(await temporaryFolder(), 'shop.universe.tar.zst');
      await writeFile(path, await bytes());
      const problem = await openUniverse(path).then(
        () => undefined,
        (error) => error,
      );
      expect(problem).toBeInstanceOf(UniverseProblem);
      expect(problem.message).toContain(sentence);
      expect(problem.message).not.toContain('\u001b');
    },
    20_000,
  );

  it('whatever bytes of it are changed or lost, it is whole or refused', async () => {
    const folder = await shop();
    const path = `${folder}.tar.zst`;
    await packUniverse(folder, path);
    const whole = await readFile(path);
    const damage = fc.record({
      at: fc.nat(whole.length - 1),
      to: fc.nat(255),
      keep: fc.integer({ min: 1, max: whole.length }),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ at, to, keep }) => {
        const bytes = Buffer.from(whole)
          .fill(to, at, at + 1)
          .subarray(0, keep);
        await writeFile(path, bytes);
        const opened = await openUniverse(path).catch((error) => error);
        if (opened instanceof Error) expect(opened).toBeInstanceOf(UniverseProblem);
        else expect(await opened.ask(cart, signal)).toEqual(objects.services[0]);
      }),
      { numRuns: 60 },
    );
  });
});
