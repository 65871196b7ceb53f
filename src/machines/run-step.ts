import { setImmediate } from 'node:timers/promises';
import type { Catalog, CatalogStep } from '../catalog/catalog.js';
import { CannotLook } from '../domain/cannot-look.js';
import type { Facts, Finding, Reason } from '../domain/finding.js';
import type { Flow } from '../domain/flow.js';
import type { Json } from '../domain/json.js';
import { type Level, permits } from '../domain/level.js';
import type { AnswerTo, Call, PodRef, Ports } from '../domain/ports.js';
import type { AnyStep } from '../domain/step.js';
import { type Limits, limitOf, recordSecondsOf } from './limits.js';
import type { Flight } from './look.js';
import type { RunRequest } from './walk-context.js';

/** One call a check made, as far as the session keeps it. */
export interface Touch {
  readonly call: Call;
  readonly answer?: AnswerTo<Call>;
  readonly refused?: CannotLook;
  readonly startedAt: number;
  readonly durationMs: number;
}

export interface TouchOptions {
  readonly signal: AbortSignal;
  readonly fresh?: boolean;
  /** The Pod that the flow starts in. */
  readonly source?: PodRef | undefined;
  onCall?(touch: Touch): void;
  /** Told of each call when it is made; it ends after `onCall`, and never fails. */
  onAsked?(ending: Promise<void>): void;
  /** For how long the check may record, in seconds. */
  readonly recordSeconds?: number | undefined;
  /** Told of what the check knows so far. */
  onProgress?(facts: Facts): void;
}

/** What one run of a check left: its finding without a place in the walk, and what proves it. */
export interface Looked {
  readonly outcome: Finding['outcome'];
  readonly result: Finding['result'];
  readonly facts: Finding['facts'];
  readonly reason?: Reason;
  /** What `collect` returned; absent when it could not look. */
  readonly evidence?: Json;
  readonly touches: readonly Touch[];
  readonly durationMs: number;
}

export interface RunnerDeps {
  readonly catalog: Pick<Catalog, 'steps'>;
  readonly flow: Flow;
  readonly level: Level;
  readonly limits: Limits;
  /** The ports of one step, narrowed to what it declares. */
  ports(step: AnyStep, options: TouchOptions): Ports;
  now(): number;
  /** The end of the time that a check has; by the clock alone where absent. */
  limit?(ms: number): AbortSignal;
  /** Ends everything. */
  readonly signal: AbortSignal;
  /** Called when a flight has started or landed. */
  changed?(): void;
}

const without = (outcome: string, result: 'skip' | 'error', reason: Reason): Looked => ({
  outcome,
  result,
  facts: {},
  reason,
  touches: [],
  durationMs: 0,
});

/** Why a step cannot run in this session, whatever anybody consents to. */
export const unfitFor = (step: AnyStep, { flow, level }: Pick<RunnerDeps, 'flow' | 'level'>): Reason | undefined => {
  if (!step.from.includes(flow.from.kind) || !step.to.includes(flow.to.kind))
    return { code: 'flow-unfit', detail: `${flow.from.kind} -> ${flow.to.kind}` };
  if (!permits(level, step.level)) return { code: 'not-granted', detail: step.level };
  return undefined;
};

/** A capture or a load is never covered by a level. */
const reasonNotToRun = (step: AnyStep, deps: RunnerDeps, consented: boolean): Reason | undefined =>
  unfitFor(step, deps) ?? (step.cost === 3 && !consented ? { code: 'not-granted', detail: 'consent' } : undefined);

interface Going {
  readonly signal: AbortSignal;
  readonly fresh: boolean;
  readonly consented: boolean;
  onProgress?(facts: Facts): void;
}
const sourceOf = ({ from }: Flow): PodRef | undefined =>
  from.kind === 'pod' ? { namespace: from.namespace, name: from.name } : undefined;

const reasonOf = (error: unknown): Reason => {
  if (!(error instanceof CannotLook))
    return { code: 'bug', detail: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  return { code: error.code, detail: error.message, ...(error.missing ? { missing: error.missing } : {}) };
};

/** A check that does not listen to its signal is left behind: nothing it does may hold up the walk. */
const before = <T>(signal: AbortSignal, work: Promise<T>): Promise<T> => {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const giveUp = () => reject(signal.reason);
  if (signal.aborted) giveUp();
  signal.addEventListener('abort', giveUp, { once: true });
  work.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  return promise;
};

/** What a check has asked for beside the call that failed is told as well, whichever of them ends first. */
const ended = async (signal: AbortSignal, asked: readonly Promise<void>[]): Promise<void> => {
  for (let seen = 0; seen < asked.length && !signal.aborted; await setImmediate()) {
    seen = asked.length;
    await before(signal, Promise.all(asked)).catch(() => {});
  }
};

const look = async ({ step }: CatalogStep, deps: RunnerDeps, going: Going): Promise<Looked> => {
  const { signal, fresh, onProgress } = going;
  const unfit = reasonNotToRun(step, deps, going.consented);
  if (unfit) return without(unfit.code, 'skip', unfit);
  const touches: Touch[] = [];
  const asked: Promise<void>[] = [];
  const startedAt = deps.now();
  const done = () => ({ touches, durationMs: Math.max(0, deps.now() - startedAt) });
  const limit = deps.limit ?? AbortSignal.timeout.bind(AbortSignal);
  const limited = AbortSignal.any([signal, deps.signal, limit(limitOf(step, deps.limits))]);
  try {
    const touch = { signal: limited, fresh, source: sourceOf(deps.flow), recordSeconds: recordSecondsOf(deps.limits) };
    const told = { onCall: (one: Touch) => touches.push(one), onAsked: (one: Promise<void>) => asked.push(one) };
    const ports = deps.ports(step, { ...touch, ...told, ...(onProgress && { onProgress }) });
    const evidence = step.evidence.parse(await before(limited, step.collect(ports, deps.flow, limited)));
    const { outcome, facts = {} } = step.interpret(evidence, deps.flow);
    const result = Object.hasOwn(step.outcomes, outcome) ? step.outcomes[outcome] : undefined;
    if (!result) throw new Error(`the step answered with "${outcome}", which it does not declare`);
    return { outcome, result, facts, evidence: evidence as Json, ...done() };
  } catch (error) {
    const reason: Reason = limited.aborted
      ? { code: 'timeout', detail: 'the check was given up before it had an answer' }
      : reasonOf(error);
    await ended(limited, asked);
    return { ...without(reason.code, 'error', reason), ...done() };
  }
};

/**
 * Runs checks, each at most once unless asked afresh: a prefetched check is found ready by the walk.
 * A run that nobody waits for any more goes on until its own limit.
 */
export const createRunner = (deps: RunnerDeps) => {
  const ahead = new Map<string, Promise<Looked>>();
  const flights = new Map<string, Flight>();
  const start = (id: string, { signal, fresh, consented }: Going): Promise<Looked> => {
    const found = deps.catalog.steps[id];
    if (!found) return Promise.resolve(without('bug', 'error', { code: 'bug', detail: `there is no step ${id}` }));
    let flight: Flight = { check: id, startedAt: Date.now() };
    const onProgress = (soFar: Facts) => {
      flight = { ...flight, soFar };
      flights.set(id, flight);
      deps.changed?.();
    };
    const running = look(found, deps, { signal, fresh, consented, onProgress });
    ahead.set(id, running);
    flights.set(id, flight);
    void running.then(({ result, outcome }) => {
      // Given up by whoever asked: the next node with this check has to look for itself.
      if (signal.aborted && ahead.get(id) === running) ahead.delete(id);
      flights.set(id, { ...flight, result, outcome });
      deps.changed?.();
    });
    return running;
  };
  return {
    /** Starts these steps now; the walk finds them under way or done. */
    prefetch: (ids: readonly string[]) => {
      for (const id of ids) if (!ahead.has(id)) void start(id, { signal: deps.signal, fresh: false, consented: false });
    },
    /** What became of the flights so far, by step. */
    flights: flights as ReadonlyMap<string, Flight>,
    run: ({ check, fresh, consented = false }: RunRequest, signal: AbortSignal): Promise<Looked> =>
      (fresh ? undefined : ahead.get(check)) ?? start(check, { signal, fresh, consented }),
  };
};
export type Runner = ReturnType<typeof createRunner>;
