import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { document, flow, openShop } from './support/open-shop.js';
import { reportOf, runUnder } from './support/program.js';

const canMount = spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0;
const mounted = (options: string) => [
  'unshare',
  '-m',
  'sh',
  '-c',
  `mount -t tmpfs -o ${options} none "$XDG_STATE_HOME" && exec "$@"`,
  'sh',
];

const verdict = { result: 'fault', causes: [{ id: 'SVC-01', certainty: 'probable' }] };

describe('a state folder that', () => {
  it('is a file: the session lives in memory and the result is printed', async () => {
    const shop = await openShop();
    const ran = await shop.triage(['--state-dir', shop.home.write('occupied', 'a file')]);
    expect(ran).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(
        /^A file stands where a folder is needed: .*occupied.* 0 of \d\d events are on disk.*--state-dir/,
      ),
    });
    expect(ran.stderr.trim().split('\n')).toHaveLength(1);
    expect(reportOf(ran)).toMatchObject({ session: { id: 'unsaved' }, verdict });
  });

  // root may write everywhere, so there the folder has to be a file system of its own.
  it.runIf(canMount || process.getuid?.() !== 0)('is read-only: the same', async () => {
    const shop = await openShop();
    mkdirSync(shop.home.state);
    if (!canMount) chmodSync(shop.home.state, 0o500);
    const ran = await runUnder(canMount ? mounted('ro') : [], ['run', ...document, ...flow, ...shop.access], shop.home);
    expect(ran).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(
        /^(The file system is mounted read-only|The permission to write is missing): .* 0 of \d\d events are on disk.*--state-dir/,
      ),
    });
    expect(reportOf(ran)).toMatchObject({ session: { id: 'unsaved' }, verdict });
  });

  it.runIf(canMount)('lies on a full disk: the same', async () => {
    const shop = await openShop();
    mkdirSync(shop.home.state);
    const ran = await runUnder(mounted('size=16k'), ['run', ...document, ...flow, ...shop.access], shop.home);
    expect(ran.code).toBe(3);
    expect(ran.stderr).toMatch(
      /^The disk is full: .*\d+ of \d\d events are on disk, the others in memory. Free some space/m,
    );
    expect(reportOf(ran)).toMatchObject({ verdict });
  });

  it('lies on a disk that fills up: what was written stays whole, and the session can be gone on with', async () => {
    const shop = await openShop();
    // Half-kilobyte or kilobyte blocks, as the shell counts them: room for the first events and not for all.
    const limited = ['sh', '-c', 'ulimit -f 6 && exec "$@"', 'sh'];
    const ran = await runUnder(limited, ['run', ...document, ...flow, ...shop.access], shop.home);
    expect(ran.code).toBe(3);
    expect(ran.stderr).toMatch(
      /^The disk is full: .* [1-9]\d* of \d\d events are on disk, the others in memory. Free some space/m,
    );
    expect(reportOf(ran)).toMatchObject({ verdict });
    expect(await shop.verify()).toMatchObject({ code: 0 });
    expect(reportOf(await shop.resume())).toMatchObject({ verdict });
    expect(await shop.verify()).toMatchObject({ code: 0 });
  });
});
