import { CannotLook } from '../../src/domain/cannot-look.js';
import type { History } from '../../src/domain/history.js';
import type { JsonObject } from '../../src/domain/json.js';
import { isBeneath, type Kind, type KubeObject, kinds, type Readable } from '../../src/domain/kinds.js';
import type { AnswerTo, Call, Clock, KubePort, LogScope, PodRef, Ports, World } from '../../src/domain/ports.js';
import type { Run } from '../../src/domain/query.js';
import type { AnyStep } from '../../src/domain/step.js';
import { abortable } from '../../src/ports/abortable.js';
import { portsFor, type StepPortsOptions } from '../../src/ports/step-ports.js';
import { nameOf, namespaceOf, selected } from './selectors.js';

type Part<T> = T extends (infer U)[] ? Part<U>[] : T extends object ? { [K in keyof T]?: Part<T[K]> } : T;
type Answer<T> = T | Promise<T>;

/** The objects of the cluster by kind. Each may leave out what the test does not need. */
export type FakeObjects = { readonly [K in Kind]?: readonly Part<KubeObject<K>>[] };

export interface FakeAnswers {
  /** What a query leaves behind. Throw `CannotLook` for what cannot be looked at. */
  pod?(query: string, args: JsonObject, pod: PodRef): Answer<Run>;
  node?(query: string, args: JsonObject, node: string): Answer<Run>;
  logs?(pod: PodRef, scope: LogScope): Answer<string>;
  history?(call: Extract<Call, { verb: 'history' }>): Answer<History | null>;
  /** What RBAC forbids to read. */
  readonly deny?: readonly Readable[];
  /** Kinds that this API server does not know. */
  readonly notServed?: readonly Kind[];
  readonly clock?: Clock;
}

export interface FakeWorld extends World {
  /** The kinds that were read, each once, in the order of the first read. */
  readonly used: Readable[];
  /** The queries that were run, each once. */
  readonly ran: string[];
  readonly calls: Call[];
}

/** A `Run` that ended well, with the given words on standard output. */
export const ran = (stdout: string, more: Partial<Run> = {}): Run => ({
  argv: [],
  tool: 'busybox',
  exitCode: 0,
  stdout,
  stderr: '',
  durationMs: 1,
  ...more,
});

const unanswered = (what: string) => () => {
  throw new Error(`the test gives no answer to ${what}`);
};

/**
 * A world over plain lists of objects that selects like the API server: by namespace, labels and fields.
 * An object without a namespace lies in `default`.
 *
 * ```ts
 * const fake = fakeWorld(
 *   { services: [cart], endpointslices: [cartSlice] },
 *   { pod: (query) => ran(fixture(`${query}.txt`)), deny: ['nodes'] },
 * );
 * expect(await step.collect(portsOver(step, fake), flow, fake.signal)).toEqual({ ready: ['10.0.0.7'] });
 * expect(fake.used).toEqual(step.reads);
 * ```
 */
export const fakeWorld = (
  objects: FakeObjects = {},
  answers: FakeAnswers = {},
): FakeWorld & { signal: AbortSignal } => {
  const calls: Call[] = [];
  const used: Readable[] = [];
  const queries: string[] = [];
  const note = <T>(list: T[], item: T) => list.includes(item) || list.push(item);
  const answer = (call: Call): Answer<unknown> => {
    calls.push(call);
    if (call.port === 'kube') {
      const readable = readableOf(call);
      if (readable) note(used, readable);
      return fromKube(call, objects, answers);
    }
    note(queries, call.query);
    return call.port === 'pod'
      ? (answers.pod ?? unanswered(`${call.query} in a pod`))(call.query, call.args, call.pod)
      : (answers.node ?? unanswered(`${call.query} on a node`))(call.query, call.args, call.node);
  };
  return {
    ask: <C extends Call>(call: C, signal: AbortSignal) =>
      abortable((async () => answer(call))(), signal) as Promise<AnswerTo<C>>,
    clock: answers.clock ?? { now: () => Date.parse('2026-11-20T02:14:04Z') },
    cost: () => ({
      requests: calls.filter((call) => call.port === 'kube').length,
      bytes: 0,
      commands: calls.filter((call) => call.port !== 'kube').length,
    }),
    close: async () => {},
    used,
    ran: queries,
    calls,
    signal: new AbortController().signal,
  };
};

type KubeCall = Extract<Call, { port: 'kube' }>;

const readableOf = (call: KubeCall): Readable | undefined =>
  (({ logs: 'pods/log', history: 'services/proxy' }) as const)[call.verb as 'logs' | 'history'] ??
  ('kind' in call ? call.kind : undefined);

const forbid = (call: KubeCall, deny: readonly Readable[]) => {
  const resource = readableOf(call);
  if (!resource || !deny.includes(resource)) return;
  const namespace = call.verb === 'logs' ? call.pod.namespace : 'namespace' in call ? call.namespace : undefined;
  const group = isBeneath(resource) ? '' : kinds[resource].group;
  throw new CannotLook('forbidden', `${resource} is forbidden`, {
    verb: isBeneath(resource) ? 'get' : call.verb,
    resource,
    group,
    ...(namespace && { namespace }),
  });
};

const fromKube = (
  call: KubeCall,
  objects: FakeObjects,
  { deny = [], notServed = [], logs, history }: FakeAnswers,
): Answer<unknown> => {
  forbid(call, deny);
  if ('kind' in call && notServed.includes(call.kind))
    throw new CannotLook('not-served', `${call.kind} is not served (HTTP 404)`);
  switch (call.verb) {
    case 'logs':
      return (logs ?? unanswered('logs'))(call.pod, call);
    case 'history':
      return (history ?? unanswered('history'))(call);
    case 'rules':
      return { rules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'], resourceNames: [] }], incomplete: false };
    case 'version':
      return { gitVersion: 'v1.35.0' };
    case 'list':
      if (kinds[call.kind].namespaced && !call.namespace) throw new Error(`list of ${call.kind} without a namespace`);
      return (objects[call.kind] ?? []).filter(selected(call.kind, call));
    case 'get': {
      const inPlace = (object: unknown) => !kinds[call.kind].namespaced || namespaceOf(object) === call.namespace;
      return (objects[call.kind] ?? []).find((object) => nameOf(object) === call.name && inPlace(object)) ?? null;
    }
  }
};

/** The ports as `step` sees them over a world: what it did not declare is refused. */
export const portsOver = <S extends AnyStep>(step: S, world: World, options: Partial<StepPortsOptions> = {}) =>
  portsFor(step, world, { signal: new AbortController().signal, ...options });

/** `logs` has no type that fits both steps that read logs and steps that do not; use `portsOver` for it. */
type AnyKube = Pick<KubePort, 'get' | 'list'> & { readonly logs: never; readonly history: never };

/**
 * Shorthand for a step that only reads objects; it may read every kind.
 *
 * ```ts
 * const { used, ...ports } = fakeKube({ services: [cart] });
 * await step.collect(ports, flow, signal);
 * expect(used).toEqual(step.reads);
 * ```
 */
export const fakeKube = (objects: FakeObjects) => {
  const fake = fakeWorld(objects);
  const everything = { reads: [...Object.keys(kinds), 'pods/log'], runs: [] } as unknown as AnyStep;
  const ports = portsFor(everything, fake, { signal: fake.signal }) as Ports;
  return { ...ports, kube: ports.kube as unknown as AnyKube, used: fake.used, signal: fake.signal };
};
