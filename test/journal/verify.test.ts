import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeRedactions, writeReport } from '../../src/journal/bundle.js';
import { walkChain } from '../../src/journal/chain.js';
import { writeManifest } from '../../src/journal/manifest.js';
import { readJournal } from '../../src/journal/read.js';
import { verifySession } from '../../src/journal/verify.js';
import { writeCartSession } from '../support/session-view.js';

const bytes = readFileSync(join(writeCartSession(), 'session.ndjson'));
const lines = bytes.toString('utf8').trimEnd().split('\n');
const walk = (changed: readonly string[]) => walkChain(Buffer.from(`${changed.join('\n')}\n`)).bad;

describe('the chain', () => {
  it('holds for a session as it was written', () => expect(walkChain(bytes).bad).toBeNull());

  it('names the line of any flipped bit', () => {
    const place = fc.tuple(fc.nat(bytes.length - 1), fc.nat(7));
    fc.assert(
      fc.property(place, ([at, bit]) => {
        const flipped = Buffer.from(bytes);
        flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
        const line = bytes.subarray(0, at).toString('latin1').split('\n').length;
        expect(walkChain(flipped).bad?.line).toBe(line);
      }),
      { numRuns: 200 },
    );
  });

  it('names the first of two swapped lines', () => {
    const [third = '', fourth = ''] = lines.slice(2, 4);
    expect(walk(lines.with(2, fourth).with(3, third))).toMatchObject({ line: 3, why: 'order' });
  });

  it('names the place of a dropped line', () =>
    expect(walk(lines.toSpliced(4, 1))).toMatchObject({ line: 5, why: 'gap' }));

  it('names a line told twice', () =>
    expect(walk(lines.toSpliced(4, 0, lines[3] ?? ''))).toMatchObject({ line: 5, why: 'order' }));

  it('does not accept other spellings of the same JSON', () => {
    expect(walk(lines.with(1, (lines[1] ?? '').replace(':', ': ')))).toMatchObject({ line: 2, why: 'form' });
  });
});

describe('a bundle', () => {
  const bundle = () => {
    const folder = writeCartSession();
    writeReport(folder, 'report.md', '# Cart\n');
    writeRedactions(folder, [{ rule: 'jwt', file: 'session.ndjson', count: 2 }]);
    writeManifest(folder);
    return folder;
  };

  it('verifies, here and with sha256sum', () => {
    const folder = bundle();
    expect(verifySession(folder)).toMatchObject({ ok: true, badFiles: [], notCompared: ['root'] });
    const told = execFileSync('sha256sum', ['-c', 'manifest-sha256.txt'], { cwd: folder, encoding: 'utf8' });
    expect(told.trim().split('\n')).toEqual([
      'evidence/endpoints.1.json: OK',
      'evidence/source.1.json: OK',
      'redactions.json: OK',
      'report.md: OK',
      'session.ndjson: OK',
    ]);
  });

  it.each<[string, (folder: string) => void, object]>([
    [
      'changed',
      (folder) => writeFileSync(join(folder, 'evidence/endpoints.1.json'), '{}'),
      { file: 'evidence/endpoints.1.json' },
    ],
    ['missing', (folder) => rmSync(join(folder, 'evidence/source.1.json')), { file: 'evidence/source.1.json' }],
    [
      'unlisted',
      (folder) => writeFileSync(join(folder, 'evidence/late.1.json'), '{}'),
      { file: 'evidence/late.1.json' },
    ],
    ['not-a-file', (folder) => symlinkSync('/etc/hostname', join(folder, 'host')), { file: 'host' }],
    [
      'unreadable',
      (folder) => writeFileSync(join(folder, 'manifest-sha256.txt'), '../../etc/passwd\n'),
      { file: 'manifest-sha256.txt' },
    ],
  ])('names a file that is %s', (why, damage, file) => {
    const folder = bundle();
    damage(folder);
    const told = verifySession(folder);
    expect(told.ok).toBe(false);
    expect(told.badFiles).toContainEqual({ why, ...file });
  });

  it('never opens a file outside of the folder', () => {
    const folder = bundle();
    mkdirSync(join(folder, 'deep'));
    writeFileSync(join(folder, 'manifest-sha256.txt'), `${'0'.repeat(64)}  deep/../../../secret\n`);
    expect(verifySession(folder).badFiles).toContainEqual({ file: 'deep/../../../secret', why: 'missing' });
  });

  it('misses evidence that the journal names, also without a manifest', () => {
    const folder = writeCartSession();
    rmSync(join(folder, 'evidence/endpoints.1.json'));
    expect(verifySession(folder)).toMatchObject({
      badFiles: [{ file: 'evidence/endpoints.1.json', why: 'missing' }],
      notCompared: ['manifest', 'root'],
    });
  });

  it('tells a shortened journal from a root that was noted elsewhere', () => {
    const folder = writeCartSession();
    const { root } = readJournal(folder);
    writeFileSync(join(folder, 'session.ndjson'), `${lines.slice(0, -1).join('\n')}\n`);
    expect(verifySession(folder)).toMatchObject({ ok: true });
    expect(verifySession(folder, { root })).toMatchObject({ ok: false, rootMatches: false });
  });
});
