import { createHash } from 'node:crypto';
import { existsSync, globSync } from 'node:fs';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { makeImageStore } from '../build/image-store.ts';
import { buildPrograms, cacheRoot } from '../build/programs.ts';
import { must } from '../machine/run.ts';

const SIZE = '6G';

/**
 * A disk with the lab's programs and images, as a lab wants them: on the file system of its own state, so that they are
 * linked and not copied. Made again only when one of them has changed; a machine never writes to it.
 */
export async function makeDisk(): Promise<string> {
  const programs = await buildPrograms();
  const folders = [...Object.values(programs).map(dirname), await makeImageStore(programs)];
  const names = folders.map((folder) => basename(folder)).toSorted();
  const key = createHash('sha256')
    .update(`${process.version} ${names.join(' ')}`)
    .digest('hex')
    .slice(0, 16);
  const file = join(cacheRoot(), `vm-disk-${key}`);
  if (existsSync(file)) return file;
  for (const old of globSync(join(cacheRoot(), 'vm-disk-*'))) await rm(old, { recursive: true, force: true });
  const part = `${file}.${process.pid}`;
  const inside = join(part, 'root/cache/net-triage-lab');
  await mkdir(inside, { recursive: true });
  for (const folder of folders) await must(['cp', '--archive', '--link', folder, inside]);
  await mkdir(join(part, 'root/bin'));
  await copyFile(process.execPath, join(part, 'root/bin/node'));
  await must(['mke2fs', '-q', '-t', 'ext4', '-O', '^has_journal', '-d', join(part, 'root'), join(part, 'disk'), SIZE]);
  await rename(join(part, 'disk'), file);
  await rm(part, { recursive: true });
  return file;
}
