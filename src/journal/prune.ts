import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { journalName } from './file.js';
import { type SessionLine, sessionsFolder } from './folder.js';
import { isHeld, type Self } from './lock.js';

export interface PruneOptions {
  readonly now: number;
  /** Sessions that nothing was written to for longer than this go. */
  readonly olderThan?: number | undefined;
  /** The newest that stay whatever their age; all others go. */
  readonly keep?: number | undefined;
  readonly self: Self;
}

export interface Pruned {
  readonly gone: readonly SessionLine[];
  /** Would go, but somebody still writes it, or may. */
  readonly running: readonly SessionLine[];
}

/** When it was last written to: a session may have been gone on with long after its start. */
const lastWritten = ({ folder }: SessionLine) => {
  for (const path of [join(folder, journalName), folder]) {
    try {
      return statSync(path).mtimeMs;
    } catch {
      // Cut before its first event, or gone meanwhile.
    }
  }
  return 0;
};

/** What would go. Newest first, as they are listed. */
export const toPrune = (lines: readonly SessionLine[], { now, olderThan, keep, self }: PruneOptions): Pruned => {
  const chosen = lines.filter((line, at) => {
    const isOld = olderThan === undefined || now - lastWritten(line) > olderThan;
    return isOld && at >= (keep ?? 0);
  });
  const { gone = [], running = [] } = Object.groupBy(chosen, ({ folder }) =>
    isHeld(folder, self) ? 'running' : 'gone',
  );
  return { gone, running };
};

/** Removes session folders, and nothing that is none. */
export const prune = (stateDir: string, { gone }: Pruned) => {
  for (const { id, folder } of gone)
    if (folder === join(sessionsFolder(stateDir), id)) rmSync(folder, { recursive: true, force: true });
};
