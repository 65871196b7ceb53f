import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Shell } from '../../../../src/ports/live/shell.js';
import { temporaryFolder } from '../../../support/temporary.js';
import { spawnFollowed } from './shells.js';

interface Fittings {
  /** Programs of this place beside those of the machine, by name: the lines of a script. */
  readonly programs?: Readonly<Record<string, string>>;
  /** Who runs programs there. */
  readonly user?: { readonly id: number; readonly name: string };
  /** Programs of the machine that this place does not have. */
  readonly without?: readonly string[];
}

let made = 0;

/** A node that is this machine: what would travel over a connection runs in a process here. */
export const shellHere = async (fittings: Fittings = {}): Promise<Shell> => {
  const { programs = {}, user = { id: 0, name: 'root' }, without = [] } = fittings;
  const folder = await temporaryFolder();
  const id = `case $1 in -u) echo ${user.id} ;; -un) echo ${user.name} ;; esac`;
  for (const [name, lines] of Object.entries({ ...programs, id }))
    await writeFile(join(folder, name), `#!/bin/sh\n${lines}\n`, { mode: 0o755 });
  const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
  const hidden = new RegExp(`^tool (${without.join('|')}) .*\\n`, 'gm');
  made += 1;
  return {
    key: `here/${made}`,
    name: 'node till-1',
    async exec({ argv, onStdout }) {
      const { stdout, stderr, status } = await spawnFollowed(argv, env, onStdout);
      const shown = without.length > 0 ? Buffer.from(`${stdout}`.replaceAll(hidden, '')) : stdout;
      return { ended: 'status', exitCode: status ?? Number.NaN, message: '', stdout: shown, stderr, durationMs: 5 };
    },
  };
};
