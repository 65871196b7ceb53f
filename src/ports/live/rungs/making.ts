import type { InContainers } from './exec-rung.js';
import type { Made } from './made.js';
import type { PodsApi } from './pods-api.js';
import type { RulesOf } from './rights.js';

/** What every rung that makes something works with. */
export interface Making {
  readonly image: string;
  /** The session. */
  readonly session: string;
  readonly pods: PodsApi;
  readonly made: Made;
  readonly rulesOf: RulesOf;
  readonly containers: InContainers;
  /** Ends what is being waited for. */
  readonly closing: AbortSignal;
  readonly now: () => number;
  /** Milliseconds. */
  readonly settling: number;
}

/** Milliseconds that an image may take to be pulled and started. */
export const startLimit = 60_000;
