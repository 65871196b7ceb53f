import type { Manifest } from './manifest.ts';

/** One way to break a cluster, or one odd cluster that is not broken: data, played by `play.ts`. */
export interface Fault {
  /** What the people on call would tell each other afterwards. */
  story: string;
  namespace: string;
  flow: { from: string; to: string };
  /** The working state. Applied again, it heals what `inject` broke. */
  objects: readonly Manifest[];
  inject: readonly Change[];
  /** Something slower than the symptom that belongs to the fault, such as a back-off. */
  until?: Condition;
  symptom: Symptom;
  heal?: readonly Change[];
  runs: readonly Run[];
}

export type Change =
  | { apply: readonly Manifest[] }
  /** For what cannot be changed in place, such as the cluster IP of a Service. */
  | { recreate: readonly Manifest[] }
  | { remove: string }
  /** Deletes one of the pods with this label and does not wait for its end. */
  | { removeOne: string }
  | { inPods: string; run: readonly string[] };

export interface Condition {
  get: readonly string[];
  shows: RegExp;
}

/** Real requests of a pod of the namespace; `never` is for odd clusters that work all the time. */
export interface Symptom {
  client: string;
  host: string;
  port: number;
  fails: 'always' | 'sometimes' | 'never';
}

export interface Run {
  /** Whose kubeconfig; who may do what is said in manifests/access.yaml. */
  as?: 'admin' | 'viewer' | 'noexec' | 'prober' | 'nobody';
  level?: 'observe' | 'probe';
  expect: Expectation;
}

export interface Expectation {
  exit: number;
  result?: 'fault' | 'healthy' | 'inconclusive';
  /** Ids that are right as the top cause. */
  top?: readonly string[];
  certainty?: readonly string[];
  /** Ids that must not be accused at all; "*" stands for every id. */
  never?: readonly string[];
  /** What the report has to name as missing, such as the right to exec. */
  names?: RegExp;
}

/** A fault that the program has to find with full rights and with probes. */
export const finds = (top: readonly string[], more: Partial<Expectation> = {}): Run => ({
  expect: { exit: 3, result: 'fault', top, certainty: ['certain', 'probable'], ...more },
});

/** A cluster that only looks odd. */
export const staysFree: Run = { expect: { exit: 0, result: 'healthy', never: ['*'] } };
