import type { CatalogRunbook } from '../catalog/catalog.js';
import type { Asked } from '../domain/asked.js';
import type { Facts, Finding } from '../domain/finding.js';
import type { Flow } from '../domain/flow.js';
import type { Cost } from '../domain/ports.js';
import type { Verdict } from '../domain/verdict.js';
import type { Failure } from './failure.js';
import type { Pace } from './walk-context.js';

/** One thing that was asked of the outside, as it was sent. */
export interface RanCommand {
  /** The check it was asked for. */
  readonly node: string;
  readonly run: number;
  /** `api`, `pod/NAMESPACE/NAME` or `node/NAME`. */
  readonly where: string;
  /** A program with its arguments, or the method and the path of an API request. */
  readonly argv: readonly string[];
  /** Null where it has none: an API request, or a program that was cut off. */
  readonly exitCode: number | null;
  readonly durationMs: number;
  /** The code of the refusal, where there was no answer. */
  readonly refused?: string;
}

export interface CurrentCheck {
  readonly node: string;
  readonly check: string;
  readonly run: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly limitMs: number;
  /** What it knows so far, where it tells. */
  readonly soFar?: Facts | undefined;
}

/** A check that was started ahead of the walk. */
export interface Flight {
  readonly check: string;
  readonly startedAt: number;
  /** Absent while it is in the air. */
  readonly result?: Finding['result'];
  readonly outcome?: string;
  /** What it knows so far, where it tells. */
  readonly soFar?: Facts;
}

/** Everything a screen may know of a session, as one plain value that changes identity when anything changes. */
export interface SessionLook {
  readonly phase: 'preparing' | 'walking' | 'judged' | 'over';
  readonly flow: Flow;
  readonly runbook: CatalogRunbook | null;
  readonly trail: readonly Finding[];
  readonly flights: readonly Flight[];
  /** The check that runs now, or whose result is being reviewed. */
  readonly current: CurrentCheck | null;
  /** A finding waits for the operator: NEXT, OVERRIDE, RERUN and BACK make sense. */
  readonly reviewing: boolean;
  /** A question waits for an answer. */
  readonly asking: { readonly node: string; readonly question: Asked } | null;
  readonly paused: boolean;
  readonly pace: Pace;
  readonly canGoBack: boolean;
  readonly verdict: Verdict | null;
  readonly failure: Failure | null;
  readonly cost: Cost;
  /** In the order of the walk. Checks that ran ahead of it come when it arrives at them. */
  readonly commands: readonly RanCommand[];
  readonly k8sVersion: string | null;
  readonly access: { readonly allowed: readonly string[]; readonly denied: readonly string[] } | null;
  readonly startedAt: number;
}
