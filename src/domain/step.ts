import type { z } from 'zod';
import type { Facts, Result } from './finding.js';
import type { EndKind, Flow } from './flow.js';
import type { Place } from './hop.js';
import type { Readable } from './kinds.js';
import type { Level } from './level.js';
import type { Ports } from './ports.js';
import type { AnyQuery } from './query.js';
import type { Stage } from './stage.js';

/** 0 API read; 1 one short command; 2 seconds or a series of packets; 3 capture, load or write: needs consent. */
export type CostClass = 0 | 1 | 2 | 3;

/** What `interpret` answers: one of the declared outcomes and the values its sentence names. */
export interface Judgement<O extends string = string> {
  readonly outcome: O;
  readonly facts?: Facts;
}

export interface Step<
  E = unknown,
  O extends string = string,
  R extends Readable = Readable,
  Q extends AnyQuery = AnyQuery,
  F extends EndKind = EndKind,
  T extends EndKind = EndKind,
> {
  readonly stage: Stage;
  /** Where on the way of the packets it looks; absent where that is the place of its stage. */
  readonly hop?: Place;
  readonly level: Level;
  readonly cost: CostClass;
  /** At most so many connections, requests and lookups in each second, for as long as the session may record. */
  readonly perSecond?: number;
  /** Kinds of the API it reads; the ports refuse any other. */
  readonly reads: readonly R[];
  /** Queries it runs; the ports refuse any other. */
  readonly runs: readonly Q[];
  /** The ends of a flow it can look at. A flow that does not fit skips the step. */
  readonly from: readonly F[];
  readonly to: readonly T[];
  readonly evidence: z.ZodType<E>;
  readonly outcomes: Readonly<Record<O, Exclude<Result, 'skip' | 'error'>>>;
  /** The only place where a step meets the world. Throws `CannotLook` when it could not look. */
  collect(ports: Ports<R, Q>, flow: Flow<F, T>, signal: AbortSignal): Promise<E>;
  /** Pure and total. */
  interpret(evidence: E, flow: Flow<F, T>): Judgement<O>;
}

// biome-ignore lint/suspicious/noExplicitAny: the one place where a step of unknown shape is accepted
export type AnyStep = Step<any, any, any, any, any, any>;

/** Every end a flow can start from, for steps that do not mind the source. */
export const anyEnd = [
  'pod',
  'workload',
  'service',
  'ingress',
  'node',
  'host',
  'ip',
  'cidr',
  'outside',
  'control-plane',
] as const satisfies readonly EndKind[];

export const defineStep = <
  E,
  O extends string,
  const R extends Readable,
  const Q extends AnyQuery,
  const F extends EndKind,
  const T extends EndKind,
>(
  step: Step<E, O, R, Q, F, T>,
) => step;
