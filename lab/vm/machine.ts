import { join } from 'node:path';
import type { Kernel } from './kernel.ts';

export const REPOSITORY = join(import.meta.dirname, '../..');

interface Parts {
  kernel: Kernel;
  disk: string;
  /** Shared with the machine for both to write. */
  out: string;
}

const MEMORY = '6G';

/** The kernel as a command. Its root is the host's, for reading only, until `init.sh` has made one of its own. */
export function machine({ kernel, disk, out }: Parts): string[] {
  return [
    kernel.program,
    `mem=${MEMORY}`,
    ...['rootfstype=hostfs', 'rootflags=/', 'ro', `init=${join(import.meta.dirname, 'init.sh')}`],
    // What is written to the disk goes to a file of its own.
    `ubd0=${join(out, 'written')},${disk}`,
    // Where it keeps its number; otherwise in the home of its user.
    `uml_dir=${out}`,
    ...['con=null', 'con0=fd:0,fd:1', 'quiet', 'selinux=0'],
    // These are no words of the kernel: it hands them on to `init.sh`.
    `KERNEL=${kernel.root}`,
    `OUT=${out}`,
  ];
}
