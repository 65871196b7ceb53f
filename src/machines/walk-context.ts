import type { Finding } from '../domain/finding.js';
import type { Conclusion } from '../domain/runbook.js';
import type { Stage } from '../domain/stage.js';

export type Pace = 'auto' | 'step';

export interface RunRequest {
  readonly node: string;
  readonly check: string;
  /** 1 for the first time at this node. */
  readonly run: number;
  /** Look again, whatever a cache or a prefetch holds. */
  readonly fresh: boolean;
  /** The operator said yes to what a level does not cover. */
  readonly consented?: boolean;
}

/** Whether a step needs a yes of its own, and whether the start of the session has said it already. */
export type Consent = 'needless' | 'given' | 'asked-for';

export type Handover = { readonly runbook: string; readonly flow: 'same' | 'to-endpoint' | 'swapped' };
export type Ended = Conclusion | Handover;

/** What the walk needs to know about steps without knowing any. */
export interface Surroundings {
  stageOf(this: void, step: string): Stage;
  /** Milliseconds. */
  limitOf(this: void, step: string): number;
  consentTo(this: void, step: string): Consent;
}

export interface WalkContext {
  pace: Pace;
  paused: boolean;
  /** Nodes in the order they were entered; stepping back shortens it. */
  path: string[];
  runs: Record<string, number>;
  findings: Record<string, Finding>;
  /** Outcomes the operator chose over what was found. */
  chosen: Record<string, string>;
  /** Steps that the operator was asked for, with the answer. */
  consents: Record<string, boolean>;
  ended: Ended | null;
}

export type WalkEvent =
  | { type: 'NEXT' | 'SKIP' | 'RERUN' | 'BACK' | 'PAUSE' | 'RESUME' }
  | { type: 'ANSWER'; answer: string }
  | { type: 'OVERRIDE'; outcome: string; reason: string }
  | { type: 'PACE'; pace: Pace };
