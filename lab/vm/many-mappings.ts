import { readdirSync, readFileSync } from 'node:fs';
import { eventually } from '../machine/eventually.ts';
import { type Limit, raise, restore } from '../machine/limits.ts';

// By the name of its program, which all that runs below it has as well.
const runs = () => readdirSync('/proc').some((pid) => /^\d+$/.test(pid) && nameOf(pid) === 'linux.uml');

function nameOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return ''; // it has ended meanwhile
  }
}

/** Each page of a program inside is a mapping of a process of this machine; a build alone needs more than the usual 65530. */
const MAPPINGS: Limit = { file: '/proc/sys/vm/max_map_count', enough: 1_048_576, needed: runs };

/** While `work` lasts, a process of this machine may have a million mappings. */
export async function withManyMappings<T>(work: () => Promise<T>): Promise<T> {
  await raise(MAPPINGS);
  try {
    return await work();
  } finally {
    // One that was killed takes a moment to end.
    await eventually('the kernel has ended', () => !runs(), { timeoutMs: 5000 }).catch(() => {});
    await restore(MAPPINGS);
  }
}
