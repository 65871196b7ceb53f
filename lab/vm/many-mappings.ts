import { must } from '../machine/run.ts';

const KEY = 'vm.max_map_count';
/** Each page of a program inside is a mapping of a process of this machine; a build alone needs more than the usual 65530. */
const ENOUGH = 1_048_576;

/** While `work` lasts, a process of this machine may have a million mappings. */
export async function withManyMappings<T>(work: () => Promise<T>): Promise<T> {
  const before = Number(await must(['sysctl', '-n', KEY]));
  if (before >= ENOUGH) return work();
  await must(['sysctl', '-qw', `${KEY}=${ENOUGH}`]);
  try {
    return await work();
  } finally {
    await must(['sysctl', '-qw', `${KEY}=${before}`]);
  }
}
