import { existsSync, globSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Limit, raise, restore } from '../machine/limits.ts';

/** Where the folders of machines begin, each with what it shares with the host. */
export const FOLDERS = join(tmpdir(), 'net-triage-vm-');

// The kernel writes its number into a folder of its own there, and takes it away when it ends by itself.
const runs = (file: string) => existsSync(`/proc/${readFileSync(file, 'utf8').trim()}`);

/** Each page of a program inside is a mapping of a process of this machine; a build alone needs more than the usual 65530. */
const MAPPINGS: Limit = {
  key: 'vm.max_map_count',
  enough: 1_048_576,
  needed: () => globSync(`${FOLDERS}*/*/pid`).some(runs),
};

/** While `work` lasts, a process of this machine may have a million mappings. */
export async function withManyMappings<T>(work: () => Promise<T>): Promise<T> {
  await raise(MAPPINGS);
  try {
    return await work();
  } finally {
    await restore(MAPPINGS);
  }
}
