import { CannotLook } from '../domain/cannot-look.js';
import type { Facts } from '../domain/finding.js';
import type { JsonObject } from '../domain/json.js';
import { isPluginKind, type Kind, kinds, type Readable } from '../domain/kinds.js';
import {
  type AnswerTo,
  type Call,
  everyNamespace,
  type KubePort,
  type LogScope,
  type PodRef,
  type Ports,
  type RunPort,
  type Scope,
  type World,
} from '../domain/ports.js';
import type { AnyStep } from '../domain/step.js';
import { abortable } from './abortable.js';
import { callKey } from './canonical.js';
import { type Asker, objectReader } from './object-reader.js';

/** One call of a step, after it ended. Exactly one of `answer` and `refused` is there. */
export interface CallReport {
  readonly call: Call;
  readonly answer?: AnswerTo<Call>;
  readonly refused?: CannotLook;
  /** By the clock of the world, in milliseconds since the epoch. */
  readonly startedAt: number;
  readonly durationMs: number;
}

export interface StepPortsOptions {
  readonly signal: AbortSignal;
  /** Read again whatever was read before. */
  readonly fresh?: boolean;
  /** The Pod that the flow starts in. */
  readonly source?: PodRef | undefined;
  /** When the trouble began, as the operator says: milliseconds since the epoch. */
  readonly since?: number | undefined;
  onCall?(report: CallReport): void;
  /** Told of each call when it is made; it ends after `onCall`, and never fails. */
  onAsked?(ending: Promise<void>): void;
  readonly recordSeconds?: number | undefined;
  onProgress?(facts: Facts): void;
}

/**
 * The ports as one step may see them. What the step did not declare is refused with a plain `Error`,
 * because that is a bug of ours; what cannot be looked at is a `CannotLook`, and an aborted signal is
 * one with the code `timeout`.
 */
export const portsFor = <S extends AnyStep>(step: S, world: World, options: StepPortsOptions) => {
  const ask = asker(world, options);
  const ports: Ports = {
    kube: kubePort(step, ask, options.since),
    pod: (pod) => runPort(step, 'pod', (query, args) => ask({ port: 'pod', pod, query, args })),
    node: (node) => runPort(step, 'node', (query, args) => ask({ port: 'node', node, query, args })),
    clock: options.since === undefined ? world.clock : { now: () => world.clock.now(), since: options.since },
    recordSeconds: options.recordSeconds,
    progress: (facts) => options.onProgress?.(facts),
  };
  return ports as Parameters<S['collect']>[0];
};

const isSame = (one: PodRef, other: PodRef | undefined) =>
  one.namespace === other?.namespace && one.name === other.name;

const asker = (world: World, { signal, fresh = false, source, onCall, onAsked }: StepPortsOptions): Asker => {
  const ran = new Set<string>();
  // A step that runs the same query twice compares two moments, so an answer from a cache would be no second moment.
  const isRepeat = (call: Call) => {
    if (call.port === 'kube') return false;
    const key = callKey(call);
    return ran.size === ran.add(key).size;
  };
  const answered: Asker = async (call) => {
    const startedAt = world.clock.now();
    const report = (end: Pick<CallReport, 'answer' | 'refused'>) =>
      onCall?.({ call, ...end, startedAt, durationMs: world.clock.now() - startedAt });
    try {
      signal.throwIfAborted();
      const ofSource = call.port === 'pod' && isSame(call.pod, source);
      const options = { fresh: fresh || isRepeat(call), ...(ofSource ? { ofSource } : {}) };
      const answer = await abortable(world.ask(call, signal, options), signal);
      report({ answer });
      return answer;
    } catch (error) {
      const refused = refusal(error, signal);
      if (refused === undefined) throw error;
      report({ refused });
      throw refused;
    }
  };
  const ended = () => {};
  return (call) => {
    const asking = answered(call);
    onAsked?.(asking.then(ended, ended));
    return asking;
  };
};

const refusal = (error: unknown, signal: AbortSignal) => {
  if (error instanceof CannotLook) return error;
  return signal.aborted ? new CannotLook('timeout', 'The check was given up before the answer came.') : undefined;
};

// Whoever says "40m" twice, to a session and to its replay, means the same minute at best.
const minuteOf = (since: number) => Math.floor(since / 60_000) * 60_000;

const kubePort = (step: AnyStep, ask: Asker, began: number | undefined): KubePort => {
  const declared = (readable: Readable) => {
    if (!step.reads.includes(readable)) throw new Error(`a step reads ${readable} but does not declare it`);
  };
  const placed = (kind: Kind, namespace: string | undefined) => {
    declared(kind);
    if (kinds[kind].namespaced && !namespace) throw new Error(`a step reads ${kind} without a namespace`);
  };
  const reader = objectReader(ask);
  const port = {
    get: async (kind: Kind, ref: { namespace?: string; name: string }) => {
      placed(kind, ref.namespace);
      return await reader.get(kind, ref);
    },
    list: async (kind: Kind, scope: Scope) => {
      placed(kind, scope.namespace);
      // Of what a plugin keeps there is little; Pods and Services may be tens of thousands.
      if (scope.namespace === everyNamespace && !isPluginKind(kind) && Object.keys(scope.fields ?? {}).length === 0)
        throw new Error(`a step reads all ${kind} of the cluster`);
      return await reader.list(kind, scope);
    },
    logs: async (pod: PodRef, { container, previous, tailLines, sinceSeconds }: LogScope) => {
      declared('pods/log');
      const since = sinceSeconds === undefined ? {} : { sinceSeconds };
      return await ask({ port: 'kube', verb: 'logs', pod, container, previous, tailLines, ...since });
    },
    history: async (question: string, args: JsonObject) => {
      declared('services/proxy');
      const since = began === undefined ? {} : { since: minuteOf(began) };
      return (await ask({ port: 'kube', verb: 'history', question, args, ...since })) ?? undefined;
    },
  };
  return port as unknown as KubePort;
};

type Remote = Exclude<Call, { port: 'kube' }>;
type Runner = (query: string, args: Remote['args']) => Promise<AnswerTo<Remote>>;

const runPort = (step: AnyStep, where: 'pod' | 'node', runner: Runner): RunPort => ({
  async run(query, args) {
    if (!step.runs.includes(query)) throw new Error(`a step runs ${query.name} but does not declare it`);
    if (query.where !== where && query.where !== 'anywhere')
      throw new Error(`${query.name} runs on a ${query.where}, not on a ${where}`);
    const valid = query.args.parse(args);
    return query.parse(await runner(query.name, valid), valid);
  },
});
