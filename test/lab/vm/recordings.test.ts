import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { bringHome } from '../../../lab/vm/recordings.ts';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'bring-home-'))));
afterEach(() => rmSync(folder, { recursive: true }));

interface Kept {
  versions: Record<string, string>;
  files: { file: string }[];
}

function recordings(side: string, kernel: string, files: Readonly<Record<string, string>>): string {
  const to = join(folder, side);
  const listed = Object.entries(files).map(([file, text]) => {
    mkdirSync(join(to, file, '..'), { recursive: true });
    writeFileSync(join(to, file), text);
    return { file, argv: ['true'], code: 0, profile: file.split('/')[0], state: 'healthy', place: 'node-a' };
  });
  writeFileSync(join(to, 'index.json'), JSON.stringify({ versions: { kernel }, files: listed }));
  return to;
}

it('takes one profile from the machine and leaves the others, and the versions, as the host has them', async () => {
  const own = recordings('own', '6.18', { 'plain/a.txt': 'of the host', 'ipvs/old.txt': 'of last year' });
  const brought = recordings('brought', '6.1', { 'plain/a.txt': 'of the machine', 'ipvs/new.txt': 'rr' });
  expect(await bringHome('ipvs', brought, own)).toBe(1);
  const index = JSON.parse(readFileSync(join(own, 'index.json'), 'utf8')) as Kept;
  expect(index.files.map(({ file }) => file)).toEqual(['ipvs/new.txt', 'plain/a.txt']);
  expect(index.versions).toEqual({ kernel: '6.18' });
  expect(readFileSync(join(own, 'plain/a.txt'), 'utf8')).toBe('of the host');
  expect(existsSync(join(own, 'ipvs/old.txt'))).toBe(false);
});
