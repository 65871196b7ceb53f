import { globSync } from 'node:fs';
import { mkdir, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheRoot } from '../build/programs.ts';
import { must } from '../machine/run.ts';

export interface Kernel {
  /** A program: it runs as a process of this machine, on its processor, and needs no right that its user lacks. */
  program: string;
  /** The folder with `lib/modules` in it. */
  root: string;
}

const PACKAGE = 'user-mode-linux';

/** Debian's kernel that runs as a program, fetched once and never installed on this machine. */
export async function fetchKernel(): Promise<Kernel> {
  const root = join(cacheRoot(), PACKAGE);
  const program = join(root, 'usr/bin/linux.uml');
  if (globSync(join(root, 'lib/modules/*/kernel')).length === 0) await fetchInto(root);
  return { program, root };
}

async function fetchInto(root: string): Promise<void> {
  const part = `${root}.${process.pid}`;
  await rm(part, { recursive: true, force: true });
  await mkdir(part, { recursive: true });
  await must(['apt-get', 'update', '-q']);
  // apt fetches as a user of its own where the folder lets it, and only warns where not.
  await must(['apt-get', 'download', '-q', PACKAGE], { cwd: part });
  const archive = globSync(join(part, '*.deb'))[0] ?? '';
  await must(['dpkg-deb', '--extract', archive, part]);
  await rm(archive);
  // Where modprobe looks for the modules of a kernel.
  await symlink('usr/lib/uml', join(part, 'lib'));
  await rename(part, root).catch(() => rm(part, { recursive: true }));
}
