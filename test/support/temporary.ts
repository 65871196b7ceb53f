import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A new folder that is removed when the test is over. */
export const temporaryFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'net-triage-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
};
