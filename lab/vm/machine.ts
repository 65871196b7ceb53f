import { availableParallelism } from 'node:os';
import { join } from 'node:path';

export const REPOSITORY = join(import.meta.dirname, '../..');

interface Parts {
  kernel: string;
  disk: string;
  /** Shared with the machine for both to write. */
  out: string;
}

const MEMORY = '6G';

/** The kernel as a command. Its root is the host's, for reading only, until `init.sh` has made one of its own. */
export function machine({ kernel, disk, out }: Parts): string[] {
  return [
    kernel,
    `mem=${MEMORY}`,
    `ncpus=${availableParallelism()}`,
    // System calls of its programs reach it by a signal, not by a debugger: half the time, and more than one processor.
    'seccomp=on',
    ...['rootfstype=hostfs', 'rootflags=/', 'ro', `init=${join(import.meta.dirname, 'init.sh')}`],
    // What is written to the disk goes to a file of its own.
    `ubd0=${join(out, 'written')},${disk}`,
    // Where it keeps its number; otherwise in the home of its user.
    `uml_dir=${out}`,
    ...['con=null', 'con0=fd:0,fd:1', 'quiet'],
    // This is no word of the kernel: it hands it on to `init.sh`.
    `OUT=${out}`,
  ];
}
