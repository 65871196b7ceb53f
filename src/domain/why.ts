import type { Finding } from './finding.js';
import type { Phrase } from './text.js';
import type { Candidate, Certainty, Ground } from './verdict.js';

/**
 * Where a cause stands: as sure as it is, refuted, not named any more because certain causes account for everything
 * that it could explain, or never spoken for.
 */
export type Standing = Certainty | 'ruled-out' | 'accounted' | 'unsupported';

/** One step that a proof takes, the outcomes that would do, and what it said instead; no finding: it never ran. */
export interface Wanted {
  readonly step: string;
  readonly outcomes: readonly string[];
  readonly isSeen: boolean;
  readonly finding: Finding | undefined;
}

/** The single check that would change what is believed of a cause, and how. */
export interface Turn {
  readonly check: string;
  /** `again`: it was made, and another answer would overturn what it said. `tries`: nobody has tried the flow. */
  readonly how: 'tries' | 'separates' | 'proves' | 'supports' | 'refutes' | 'again';
  readonly rival?: string;
}

/** A cause that is named beside this one and does not compete with it: one can be why the other holds. */
export interface Together {
  readonly id: string;
  readonly how: Phrase;
}

/** Why a cause is believed as far as it is, and why not further. */
export interface Why {
  readonly id: string;
  readonly standing: Standing;
  readonly capped: Candidate['capped'];
  /** What speaks for it and, with the weight `refuting`, against it. */
  readonly grounds: readonly Ground[];
  /** Symptom rows that it cannot produce. */
  readonly unexplained: readonly string[];
  /** What would prove it, or where nothing can, support it strongly; nearest first, empty where that was seen. */
  readonly wanted: readonly (readonly Wanted[])[];
  readonly together: readonly Together[];
  readonly turn?: Turn;
}
