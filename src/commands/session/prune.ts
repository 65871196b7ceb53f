import type { SessionLine } from '../../journal/folder.js';
import { prune as remove, toPrune } from '../../journal/prune.js';
import { exitCodes, type Io, say, UsageProblem } from '../io.js';

export interface PruneAsked {
  readonly stateDir: string;
  readonly olderThan?: number | undefined;
  readonly keep?: number | undefined;
  /** Without it nothing is removed. */
  readonly yes: boolean;
}

/** Lists what would go, and removes it only when told to. */
export const prune = async (lines: readonly SessionLine[], asked: PruneAsked, io: Io): Promise<number> => {
  const { olderThan, keep, yes } = asked;
  if (olderThan === undefined && keep === undefined)
    throw new UsageProblem('session prune: say what goes, --older-than 30d, --keep 20, or both.');
  const found = toPrune(lines, { now: io.now(), olderThan, keep, self: { pid: io.pid, isAlive: io.isAlive } });
  const verb = yes ? 'Removed' : 'Would remove';
  const told = [
    ...found.gone.map(({ id }) => `${verb} ${id}`),
    ...found.running.map(({ id }) => `Kept ${id}: another process still writes it`),
  ];
  if (yes) remove(asked.stateDir, found);
  await say(io.stdout, told.length > 0 ? told.join('\n') : 'Nothing to remove.');
  if (!yes && found.gone.length > 0) await say(io.stderr, 'Nothing is removed yet; add --yes to remove these.');
  return exitCodes.done;
};
