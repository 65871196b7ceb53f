import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { syncFolder } from './file.js';
import { asProblem } from './problem.js';

/** Marks files that are not finished, so that the manifest leaves them out. */
export const unfinished = '.part-';

const writeSynced = (path: string, text: string | Buffer) => {
  const fd = openSync(path, 'wx', 0o600);
  try {
    writeFileSync(fd, text);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
};

/**
 * Writes a file, 0600, that a reader sees whole or not at all.
 *
 * @throws JournalProblem
 */
export const writeAtomic = (path: string, text: string | Buffer) => {
  const folder = dirname(path);
  const part = join(folder, `${unfinished}${basename(path)}`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    rmSync(part, { force: true });
    writeSynced(part, text);
    renameSync(part, path);
    syncFolder(folder);
  } catch (error) {
    rmSync(part, { force: true });
    throw asProblem(error, folder);
  }
};
