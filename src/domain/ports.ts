import type { Facts } from './finding.js';
import type { History } from './history.js';
import type { JsonObject } from './json.js';
import type { Kind, KubeObject, Readable } from './kinds.js';
import type { AnyQuery, ArgsOf, FactsOf, Run } from './query.js';

export interface PodRef {
  readonly namespace: string;
  readonly name: string;
  readonly container?: string | undefined;
}

/** Not the name of any namespace: all of them, in one LIST that fields keep small. */
export const everyNamespace = '*';

export interface Scope {
  /** Absent for cluster-wide kinds; a namespaced kind without it is refused, and `everyNamespace` without fields. */
  readonly namespace?: string | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly fields?: Readonly<Record<string, string>> | undefined;
  /** At most so many items, in one request; the rest is left unread. */
  readonly limit?: number | undefined;
}

export interface LogScope {
  readonly container?: string | undefined;
  readonly previous?: boolean | undefined;
  readonly tailLines: number;
  /** Lines of the last seconds alone, where they carry no time of their own. */
  readonly sinceSeconds?: number | undefined;
}

/** The Kubernetes API as a step sees it: only kinds it declared. */
export interface KubePort<R extends Readable = Readable> {
  /** `undefined` means the API said that it does not exist. */
  get<K extends Extract<R, Kind>>(
    kind: K,
    ref: { namespace?: string; name: string },
  ): Promise<KubeObject<K> | undefined>;
  list<K extends Extract<R, Kind>>(kind: K, scope: Scope): Promise<KubeObject<K>[]>;
  logs: 'pods/log' extends R ? (pod: PodRef, scope: LogScope) => Promise<string> : never;
  /** What a Prometheus or a Loki kept of the time around the trouble; `undefined` where the cluster has none that is known. */
  history: 'services/proxy' extends R ? (question: string, args: JsonObject) => Promise<History | undefined> : never;
}

/** Runs declared queries in one place and answers with parsed facts. */
export interface RunPort<Q extends AnyQuery = AnyQuery> {
  run<T extends Q>(query: T, args: ArgsOf<T>): Promise<FactsOf<T>>;
}

/** Long enough for 300 tries of each way, which show one failure in a hundred. */
export const usualRecordSeconds = 60;

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** When the trouble began, as the operator says. */
  readonly since?: number | undefined;
  /**
   * Keeps a measurement under a name. A recorder writes it down; a universe answers with what was
   * written, so that a replay tells the same times as the session it repeats.
   */
  mark?(name: string, measured: number): number;
}

/** Everything a step may touch, narrowed to what it declared. */
export interface Ports<R extends Readable = Readable, Q extends AnyQuery = AnyQuery> {
  readonly kube: KubePort<R>;
  pod(ref: PodRef): RunPort<Q>;
  node(name: string): RunPort<Q>;
  readonly clock: Clock;
  /** For how long a check may record, in seconds; `usualRecordSeconds` where nobody said. */
  readonly recordSeconds?: number | undefined;
  /** Shows what a check knows so far, while it goes on. Nothing is decided by it, and nothing keeps it. */
  progress?(facts: Facts): void;
}

/** One call through a port, in the canonical form that records and journals share. */
export type Call =
  | {
      readonly port: 'kube';
      readonly verb: 'get';
      readonly kind: Kind;
      readonly namespace?: string | undefined;
      readonly name: string;
    }
  | ({
      readonly port: 'kube';
      readonly verb: 'list';
      readonly kind: Kind;
    } & Scope)
  | ({ readonly port: 'kube'; readonly verb: 'logs'; readonly pod: PodRef } & LogScope)
  | {
      readonly port: 'kube';
      readonly verb: 'history';
      readonly question: string;
      readonly args: JsonObject;
      /** When the trouble began, in milliseconds since the epoch; the window follows from it. */
      readonly since?: number | undefined;
    }
  | { readonly port: 'kube'; readonly verb: 'rules'; readonly namespace: string }
  | { readonly port: 'kube'; readonly verb: 'version' }
  | { readonly port: 'pod'; readonly pod: PodRef; readonly query: string; readonly args: JsonObject }
  | { readonly port: 'node'; readonly node: string; readonly query: string; readonly args: JsonObject };

/** A resource rule of SelfSubjectRulesReview. */
export interface ResourceRule {
  readonly verbs: readonly string[];
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames: readonly string[];
}

export interface Rules {
  readonly rules: readonly ResourceRule[];
  /** True when the authorizer could not list everything: then absence proves nothing. */
  readonly incomplete: boolean;
}

export interface ClusterVersion {
  readonly gitVersion: string;
}

/** What the API answered, by the form of the call. */
export type AnswerTo<C extends Call> = C extends { verb: 'get' }
  ? JsonObject | null
  : C extends { verb: 'list' }
    ? JsonObject[]
    : C extends { verb: 'logs' }
      ? string
      : C extends { verb: 'history' }
        ? History | null
        : C extends { verb: 'rules' }
          ? Rules
          : C extends { verb: 'version' }
            ? ClusterVersion
            : Run;

/**
 * The outside as one function: live, recorded, or a universe. Every layer (cache, recorder, counter)
 * wraps a world in a world. Answers are plain JSON, already sanitised and redacted.
 */
export interface World {
  ask<C extends Call>(call: C, signal: AbortSignal, options?: AskOptions): Promise<AnswerTo<C>>;
  readonly clock: Clock;
  /** What it has cost so far. A universe answers with what its recording cost. */
  cost(): Cost;
  close(): Promise<void>;
}

export interface AskOptions {
  /** Read again, even where a cached answer is young enough. */
  readonly fresh?: boolean;
  /** The call is about the Pod that the flow starts in: what it takes to look from there may be made. */
  readonly ofSource?: boolean | undefined;
}

export interface Cost {
  readonly requests: number;
  readonly bytes: number;
  readonly commands: number;
}
export const noCost: Cost = { requests: 0, bytes: 0, commands: 0 };
