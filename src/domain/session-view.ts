import type { Finding } from './finding.js';
import type { FixData } from './fix.js';
import type { EventData, SessionHeader } from './journal.js';
import type { Prediction } from './prediction.js';
import type { Removal, Resource } from './resource.js';
import type { Conclusion } from './runbook.js';
import type { Verdict } from './verdict.js';

/** When something stands in the journal: its line and its UTC time (RFC 3339, milliseconds). */
export interface Stamp {
  readonly seq: number;
  readonly at: string;
}
export type Stamped<T> = T & Stamp;

/** Something that was put into the cluster, and what became of it; absent while it is there. */
export interface Made extends Stamped<Resource> {
  readonly removal?: Removal;
}

export interface Pause {
  readonly from: string;
  /** Absent while the session is still paused. */
  readonly to?: string;
}

/** One fix, as far as it has come: each part is absent until it has happened. */
export interface Fix {
  readonly proposed: Stamped<FixData<'fix.proposed'>>;
  readonly previewed?: Stamped<FixData<'fix.previewed'>>;
  readonly confirmed?: Stamped<FixData<'fix.confirmed'>>;
  readonly applied?: Stamped<FixData<'fix.applied'>>;
  readonly refused?: Stamped<FixData<'fix.refused'>>;
  readonly verified?: Stamped<FixData<'fix.verified'>>;
  readonly undone?: Stamped<FixData<'fix.undone'>>;
}

/** Everything a journal says, folded into one plain value. Lists are in the order of the walk. */
export interface SessionView {
  /** Null for a journal that was cut before its first line was complete. */
  readonly header: SessionHeader | null;
  readonly startedAt: string | null;
  readonly lastAt: string | null;
  readonly intake: readonly Stamped<EventData<'intake.answered'>>[];
  /** One per node and run. */
  readonly findings: readonly Stamped<Finding>[];
  readonly commands: readonly Stamped<EventData<'command.ran'>>[];
  /** Where the tree went by itself. */
  readonly branches: readonly Stamped<EventData<'decision.auto'>>[];
  /** What the operator answered. */
  readonly decisions: readonly Stamped<EventData<'decision.operator'>>[];
  readonly collected: readonly Stamped<EventData<'nodes.collected'>>[];
  readonly consents: readonly Stamped<EventData<'consent.given'>>[];
  readonly overrides: readonly Stamped<EventData<'override'>>[];
  readonly skips: readonly Stamped<EventData<'check.skipped'>>[];
  readonly reruns: readonly Stamped<EventData<'check.rerun'>>[];
  readonly backs: readonly Stamped<EventData<'step.back'>>[];
  readonly predictions: readonly Stamped<Prediction>[];
  readonly notes: readonly Stamped<EventData<'note.added'>>[];
  /** What was proposed, changed and put back through the session. */
  readonly fixes: readonly Fix[];
  /** What the session has put into the cluster. */
  readonly made: readonly Made[];
  readonly pauses: readonly Pause[];
  readonly state: 'running' | 'paused' | 'ended';
  /** Checks that were started and have no result. */
  readonly running: readonly Stamped<EventData<'check.started'>>[];
  readonly concluded: Stamped<{ readonly node: string; readonly conclusion: Conclusion }> | null;
  readonly verdict: Stamped<Verdict> | null;
  readonly ended: Stamped<EventData<'session.ended'>> | null;
  /** What the session has cost, told by its last line; null until it has ended. */
  readonly cost: EventData<'session.ended'>['cost'] | null;
  /** Hash of the last line; 64 zeros for an empty journal. */
  readonly root: string;
}
