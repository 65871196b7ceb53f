import type { Profile } from '../cluster/profiles.ts';
import type { Change, Condition } from './change.ts';
import type { Facts } from './facts.ts';
import type { Manifest } from './manifest.ts';
import type { Argv, Place } from './place.ts';

/** One way to break a cluster, or one odd cluster that is not broken: data, played by `play.ts`. */
export interface Fault {
  /** What the people on call would tell each other afterwards. */
  story: string;
  namespace: string;
  flow: { from: string; to: string };
  /** The kinds of clusters it is played on; `plain` alone when nothing is said. */
  on?: readonly Profile[];
  /** Nothing but its own namespace, when not said. A fault of the cluster is played alone, one of the machine while no other lab is up. */
  disturbs?: 'cluster' | 'machine';
  /** The working state. Applied again, it heals what `inject` broke. */
  objects: readonly Manifest[];
  /** What is no object and has to be there before anything works; it ends with the fault. */
  beforehand?: readonly Change[];
  inject: readonly Change[];
  /** Something slower than the symptom that belongs to the fault, such as a back-off. */
  until?: Condition;
  symptom: Symptom;
  /** Reason that the kernel itself gives for dropping packets while the symptom is there (`skb:kfree_skb`). */
  witness?: string;
  heal?: readonly Change[];
  /** It takes minutes, and others show the same causes: `lab/matrix.ts` plays it, the suite does not. */
  slow?: true;
  /** What proves it lies on the nodes: it is asked about with access to them as well. Below, silence is honest. */
  proof?: 'nodes';
  /** What the program still lacks to find it. Such a run may end without a cause, but never with a wrong one. */
  open?: Missing;
  runs: readonly Run[];
  /** The remedy is one that the program can apply itself: it is let, and the traffic has to work then. */
  repairs?: true;
}

export type Missing = 'policy' | 'kube-proxy' | 'dns' | 'cni' | 'node' | 'mtu' | 'conntrack' | 'doors' | 'weigh';

/** Real requests; `never` is for odd clusters that work all the time. */
export interface Symptom {
  at: Place;
  /** One request. Exit code 0: answered, whole, and in time. */
  request: Argv | ((facts: Facts) => Argv);
  fails: 'always' | 'sometimes' | 'never';
}

export interface Run {
  /** Whose kubeconfig; who may do what is said in manifests/access.yaml. */
  as?: Who;
  level?: 'observe' | 'probe' | 'node';
  /** Added to the command line, such as how to reach the nodes. */
  flags?: readonly string[];
  expect: Expectation;
}

export type Who =
  | 'admin'
  | 'viewer'
  | 'noexec'
  | 'prober'
  | 'nobody'
  | 'oneteam'
  | 'noevents'
  | 'expired-token'
  | 'expired-cert'
  | 'dead'
  | 'wrongca';

export interface Expectation {
  exit: number;
  result?: 'fault' | 'healthy' | 'inconclusive';
  /** Ids that are right as the top cause. */
  top?: readonly string[];
  certainty?: readonly string[];
  /** Ids that may be accused as well. Any other is wrong as soon as it is called certain or probable. */
  beside?: readonly string[];
  /** Ids that must not be accused at all, not even as possible; "*" stands for every id. */
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
