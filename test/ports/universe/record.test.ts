import { appendFile, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Call } from '../../../src/domain/ports.js';
import { cached } from '../../../src/ports/cached.js';
import { caps } from '../../../src/ports/universe/caps.js';
import { recorded } from '../../../src/ports/universe/record.js';
import { openUniverse } from '../../../src/ports/universe/replay.js';
import { fakeWorld } from '../../support/fake-world.js';
import { about, recording } from '../../support/recording.js';
import { temporaryFolder } from '../../support/temporary.js';

const signal = new AbortController().signal;
const cart: Call = { port: 'kube', verb: 'get', kind: 'services', namespace: 'shop', name: 'cart' };
const pods: Call = { port: 'kube', verb: 'list', kind: 'pods', namespace: 'shop' };
const logs: Call = { port: 'kube', verb: 'logs', pod: { namespace: 'shop', name: 'cart' }, tailLines: 10 };
const objects = { services: [{ metadata: { name: 'cart', namespace: 'shop' } }] };
const index = async (folder: string) =>
  (await readFile(join(folder, 'index.ndjson'), 'utf8'))
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));

describe('recorded', () => {
  it('writes a header and one line per call, and the answers beside them', async () => {
    const folder = await recording(fakeWorld(objects), async (world) => {
      await world.ask(cart, signal);
      await world.ask(cart, signal);
    });
    const [header, first, second] = await index(folder);
    expect(header).toEqual({ schema: 'net-triage/universe/v1', ...about });
    expect(first).toMatchObject({ port: 'kube', target: 'services/shop/cart', call: cart, n: 1, durationMs: 0 });
    expect(second).toMatchObject({ n: 2, sha256: first.sha256, spent: { requests: 2 } });
    expect(await readdir(join(folder, 'blobs'))).toEqual([first.sha256]);
    const blob = await readFile(join(folder, 'blobs', first.sha256), 'utf8');
    expect([JSON.parse(blob), blob.length]).toEqual([objects.services[0], first.bytes]);
  });

  it('is readable by its owner alone', async () => {
    const folder = await recording(fakeWorld(objects), (world) => world.ask(cart, signal));
    const [blob = ''] = await readdir(join(folder, 'blobs'));
    const modes = ['.', 'blobs', 'index.ndjson', `blobs/${blob}`].map(async (name) =>
      ((await stat(join(folder, name))).mode & 0o777).toString(8),
    );
    expect(await Promise.all(modes)).toEqual(['700', '700', '600', '600']);
  });

  it('can be opened with every answer that was handed on, also when the session never ends', async () => {
    const folder = join(await temporaryFolder(), 'universe');
    const world = await recorded(fakeWorld(objects), { folder, about });
    await Promise.all([cart, pods, cart].map((call) => world.ask(call, signal)));
    const universe = await openUniverse(folder);
    expect(await universe.ask(cart, signal)).toEqual(objects.services[0]);
    expect(await universe.ask(pods, signal)).toEqual([]);
    await world.close();
  });

  it('records what a caller gave up as a timeout, and a bug of ours not at all', async () => {
    const controller = new AbortController();
    const fake = fakeWorld(
      {},
      { logs: (_, { tailLines }) => (tailLines === 10 ? new Promise(() => {}) : Promise.reject(new TypeError('bug'))) },
    );
    const folder = await recording(fake, async (world) => {
      const given = world.ask(logs, controller.signal);
      controller.abort(new Error('skipped'));
      await expect(given).rejects.toThrow('skipped');
      await expect(world.ask({ ...logs, tailLines: 5 } as Call, signal)).rejects.toThrow('bug');
    });
    expect((await index(folder)).slice(1)).toMatchObject([{ call: logs, refused: { code: 'timeout' } }]);
  });

  it('records under a cache only what left the program', async () => {
    const folder = await recording(fakeWorld(objects), async (recorder) => {
      const world = cached(recorder);
      await Promise.all([world.ask(cart, signal), world.ask(cart, signal)]);
    });
    expect(await index(folder)).toHaveLength(2);
  });

  it('goes on in the same recording when a session is resumed', async () => {
    const words = ['starting', 'ready'];
    const fake = () => fakeWorld({}, { logs: () => words.shift() ?? '' });
    const folder = await recording(fake(), (world) => world.ask(logs, signal));
    await appendFile(join(folder, 'index.ndjson'), '{"port":"kube","tar');
    const world = await recorded(fake(), { folder, about: { ...about, startedAt: '2026-11-21T00:00:00.000Z' } });
    await world.ask(logs, signal);
    await world.close();
    const universe = await openUniverse(folder);
    expect(universe.header.startedAt).toBe(about.startedAt);
    expect([await universe.ask(logs, signal), await universe.ask(logs, signal)]).toEqual(['starting', 'ready']);
    expect(universe.cost().requests).toBe(2);
  });

  it('begins anew where a crash tore the header', async () => {
    const folder = await recording(fakeWorld(), async () => {});
    await truncate(join(folder, 'index.ndjson'), 20);
    await (await recorded(fakeWorld(), { folder, about })).close();
    expect((await openUniverse(folder)).header.session).toBe(about.session);
  });

  it('does not write into what is no recording of its own', async () => {
    const folder = await recording(fakeWorld(), async () => {});
    await writeFile(join(folder, 'index.ndjson'), '{"schema":"net-triage/universe/v9"}\n');
    await expect(recorded(fakeWorld(), { folder, about })).rejects.toThrow('is of another version');
  });

  it('says where it cannot write', async () => {
    const file = join(await temporaryFolder(), 'universe');
    await writeFile(file, '');
    const problem = { name: 'UniverseProblem', message: expect.stringContaining(file) };
    await expect(recorded(fakeWorld(), { folder: join(file, 'deeper'), about })).rejects.toMatchObject(problem);
  });

  it('notes an answer that would make it larger than what can be opened again as not kept', async () => {
    const folder = join(await temporaryFolder(), 'universe');
    const problems: string[] = [];
    const onProblem = (problem: Error) => problems.push(problem.message);
    const fake = fakeWorld(objects, { logs: () => 'x'.repeat(caps.blob) });
    const world = await recorded(fake, { folder, about, onProblem });
    await world.ask(cart, signal);
    expect(await world.ask(logs, signal)).toHaveLength(caps.blob);
    await world.close();
    expect(problems).toEqual([`The universe ${folder} is full: what follows is recorded as not kept.`]);
    const universe = await openUniverse(folder);
    await expect(universe.ask(logs, signal)).rejects.toMatchObject({ name: 'CannotLook', code: 'capped' });
    expect(await universe.ask(cart, signal)).toEqual(objects.services[0]);
  }, 20_000);

  it('leaves out what is answered after its end, and calls it no problem', async () => {
    const folder = join(await temporaryFolder(), 'universe');
    const problems: string[] = [];
    const world = await recorded(fakeWorld(objects), {
      folder,
      about,
      onProblem: ({ message }) => problems.push(message),
    });
    await world.close();
    expect(await world.ask(cart, signal)).toEqual(objects.services[0]);
    expect([problems, await index(folder)]).toEqual([
      [],
      [expect.objectContaining({ schema: 'net-triage/universe/v1' })],
    ]);
  });

  it('lets the session go on when the disk fails, and says so once', async () => {
    const folder = join(await temporaryFolder(), 'universe');
    const problems: string[] = [];
    const onProblem = (problem: Error) => problems.push(problem.message);
    const world = await recorded(fakeWorld(objects), { folder, about, onProblem });
    await rm(join(folder, 'blobs'), { recursive: true });
    expect(await world.ask(cart, signal)).toEqual(objects.services[0]);
    expect(await world.ask(pods, signal)).toEqual([]);
    await world.close();
    expect(problems).toEqual([`The universe ${folder} does not exist.`]);
  });
});
