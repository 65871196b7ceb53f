import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { cacheRoot } from '../build/programs.ts';
import { must } from '../machine/run.ts';
import { unpackNewer } from './newer-debian.ts';

const CONFIG = join(import.meta.dirname, 'kernel.config');

/**
 * Linux as a program (`ARCH=um`): it runs as a process of this machine, on its processors. Made of Debian's source with
 * what the lab needs built in, in about eight minutes on two cores; once, and again when `kernel.config` has changed.
 */
export async function buildKernel(): Promise<string> {
  const key = createHash('sha256').update(readFileSync(CONFIG)).digest('hex').slice(0, 16);
  const folder = join(cacheRoot(), `linux-${key}`);
  if (!existsSync(folder)) await buildInto(folder);
  return join(folder, 'linux.uml');
}

async function buildInto(done: string): Promise<void> {
  await mkdir(cacheRoot(), { recursive: true });
  const folder = await mkdtemp(join(cacheRoot(), 'linux-source-'));
  const part = join(folder, 'part');
  try {
    await unpackNewer('linux-source', folder);
    const archive = globSync(join(folder, 'usr/src/linux-source-*.tar.xz'))[0] ?? '';
    await must(['tar', '-C', folder, '-xf', archive]);
    const cwd = join(folder, basename(archive, '.tar.xz'));
    const make = (...words: string[]) => must(['make', '-s', 'ARCH=um', ...words], { cwd, timeoutMs: 3_600_000 });
    await make('x86_64_defconfig');
    await must(['scripts/kconfig/merge_config.sh', '-m', '.config', CONFIG], { cwd });
    await make('olddefconfig');
    allAreSet(readFileSync(join(cwd, '.config'), 'utf8'));
    await make(`-j${availableParallelism() + 1}`, 'linux');
    await mkdir(part);
    await copyFile(join(cwd, 'linux'), join(part, 'linux.uml'));
    await rename(part, done);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

// What a kernel cannot have as asked is left out of its configuration without a word.
function allAreSet(config: string): void {
  const has = new Set(config.split('\n'));
  const missing = readFileSync(CONFIG, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('CONFIG_') && !has.has(line));
  if (missing.length > 0) throw new Error(`this kernel cannot be built with ${missing.join(' ')}`);
}
