import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalEvent } from '../domain/journal.js';
import { walkChain } from './chain.js';
import { journalName } from './file.js';
import { asProblem, JournalProblem } from './problem.js';

export interface ReadJournal {
  readonly events: readonly JournalEvent[];
  readonly root: string;
  /** Bytes up to the end of the last good line. */
  readonly goodBytes: number;
  /** What a killed process left behind its last complete line. */
  readonly torn: Buffer | null;
}

/** @throws the error of the file system where there is nothing to read */
export const journalBytes = (folder: string) => readFileSync(join(folder, journalName));

/**
 * Reads a journal whole. A torn last line is tolerated and handed out; everything else that is wrong is refused.
 *
 * @throws JournalProblem `damaged` with the line, or what kept the file from being read
 */
export const readJournal = (folder: string): ReadJournal => {
  const bytes = bytesOf(folder);
  const { events, bad, root, goodBytes } = walkChain(bytes);
  if (bad && bad.why !== 'torn') {
    throw new JournalProblem('damaged', folder, { because: `line ${bad.line}: ${bad.detail}`, line: bad.line });
  }
  return { events, root, goodBytes, torn: bad ? bytes.subarray(goodBytes) : null };
};

const bytesOf = (folder: string) => {
  try {
    return journalBytes(folder);
  } catch (error) {
    const problem = asProblem(error, folder);
    // The folder is made first, the journal when it is known what the session is about.
    throw problem.code === 'missing' && existsSync(folder) ? new JournalProblem('unbegun', folder, {}) : problem;
  }
};
