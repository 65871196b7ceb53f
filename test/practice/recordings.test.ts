import { globSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { staysFree } from '../../lab/scenario/fault.ts';
import { findFault } from '../../lab/scenario/find.ts';
import { score } from '../../lab/suite/score.ts';
import { run } from '../commands/process.js';
import { temporaryFolder } from '../support/temporary.js';

const FOLDER = join(import.meta.dirname, '../../practice');
const recordings = globSync('*/*.universe.tar.zst', { cwd: FOLDER }).toSorted();

const replay = async (file: string, flow: { from: string; to: string }) => {
  const home = await temporaryFolder();
  const ends = ['--from', flow.from, '--to', flow.to];
  const argv = ['run', '--no-input', '-o', 'json', '--level', 'probe', ...ends, '--universe', join(FOLDER, file)];
  const { code, out, err } = await run([...argv, '--state-dir', home], home);
  return { code, stdout: out, stderr: err };
};

// What a real cluster answered, asked again by today's program: a verdict that was right there stays right.
describe('a recorded cluster', () => {
  it.each(recordings)(
    '%s: the verdict that it had in the lab',
    async (file) => {
      const fault = await findFault(dirname(file));
      const expected = basename(file).startsWith('healthy') ? staysFree : fault.runs[0];
      expect(score(expected?.expect ?? staysFree.expect, await replay(file, fault.flow)).notes).toEqual([]);
    },
    60_000,
  );
});
