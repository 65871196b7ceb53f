import type { Finding } from '../domain/finding.js';
import type { CurrentCheck } from '../machines/look.js';
import type { State } from './theme.js';
import type { View } from './view.js';

/** The check that the panel and the detail overlays speak of. */
export interface Subject {
  readonly node: string;
  readonly check: string;
  /** Its place in the trail, from 1; for a running check the next free one. */
  readonly number: number;
  /** Absent while it runs. */
  readonly finding?: Finding | undefined;
  readonly running?: CurrentCheck | undefined;
}

/** The check that runs now and has no finding yet. */
export const runningCheck = ({ look }: Pick<View, 'look'>): CurrentCheck | null =>
  look?.current && !look.reviewing ? look.current : null;

/** How the check under way is marked: one whose result is held back for a prediction no longer runs. */
export const runningState = ({ pending }: Pick<View, 'pending'>): State => (pending?.done ? 'wait' : 'run');

/** The row the operator went to, else where the walk is. */
export const subjectOf = (view: Pick<View, 'look' | 'ui'>): Subject | null => {
  const trail = view.look?.trail ?? [];
  const { trailAt } = view.ui;
  const running = runningCheck(view);
  if (running && (trailAt === null || trailAt >= trail.length))
    return { node: running.node, check: running.check, number: trail.length + 1, running };
  const at = trailAt === null ? trail.length - 1 : Math.min(trailAt, trail.length - 1);
  const finding = trail[at];
  return finding ? { node: finding.node, check: finding.check, number: at + 1, finding } : null;
};

/** Rows of the trail that can be gone to. */
export const trailLength = (view: Pick<View, 'look'>) => (view.look?.trail.length ?? 0) + (runningCheck(view) ? 1 : 0);
