import type { PodAccess } from '../../../domain/pod-access.js';
import type { PodRef } from '../../../domain/ports.js';
import type { AnyQuery } from '../../../domain/query.js';
import type { JobOutput } from '../batch.js';
import type { Program } from '../program.js';
import type { Tools } from '../tools.js';

/** What is wanted of a Pod. The arguments have been checked. */
export interface Asked {
  readonly pod: PodRef;
  readonly query: AnyQuery;
  readonly args: unknown;
  /** The flow starts in this Pod: only for it something may be made in the cluster. */
  readonly ofSource: boolean;
}

/** A place where programs can be run in the network of a Pod. */
export interface Footing {
  readonly access: PodAccess;
  /** For people: `container main of pod shop/cart`. */
  readonly at: string;
  readonly tools: Tools;
  /** Throws `CannotLook`. */
  run(program: Program, signal: AbortSignal): Promise<JobOutput>;
}

/** One way into a Pod. */
export interface Rung {
  readonly access: PodAccess;
  /** Whether an answer from there would be one about this Pod, and harmless to get. */
  serves(asked: Asked, signal: AbortSignal): boolean | Promise<boolean>;
  /** Opened once for a Pod, whoever asks for it, and however it ends. Throws `CannotLook`. */
  open(pod: PodRef, signal: AbortSignal): Promise<Footing>;
}
