import { chmod, cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { must } from '../machine/run.ts';
import type { Kernel } from './kernel.ts';

/** What the machine starts with: busybox, the modules, and a script that mounts everything else. */
export async function makeInitramfs(kernel: Kernel, folder: string): Promise<string> {
  const root = join(folder, 'initramfs');
  await mkdir(join(root, 'bin'), { recursive: true });
  await must(['cp', '-L', '/bin/busybox', join(root, 'bin/busybox')]);
  await cp(join(kernel.root, 'lib'), join(root, 'lib'), { recursive: true, verbatimSymlinks: true });
  await cp(join(import.meta.dirname, 'init.sh'), join(root, 'init'));
  await chmod(join(root, 'init'), 0o755);
  const file = join(folder, 'initramfs.gz');
  // In this order, and without a shell's help, find's answer would have to go through this process.
  await must(['sh', '-c', 'find . | cpio --create --format newc --quiet | gzip -1 >"$1"', 'pack', file], { cwd: root });
  await rm(root, { recursive: true });
  return file;
}
