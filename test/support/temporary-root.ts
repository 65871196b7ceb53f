import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const before = process.env.TMPDIR;

/** One folder for all that the tests of a run write, also the programs they start: it goes with the run. */
export const setup = () => {
  const folder = mkdtempSync(join(tmpdir(), 'net-triage-tests-'));
  process.env.TMPDIR = folder;
  return () => {
    rmSync(folder, { recursive: true, force: true });
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  };
};
