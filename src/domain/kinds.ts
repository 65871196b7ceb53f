import type {
  CoreV1Event,
  V1ConfigMap,
  V1DaemonSet,
  V1Deployment,
  V1EndpointSlice,
  V1Job,
  V1Namespace,
  V1NetworkPolicy,
  V1Node,
  V1Pod,
  V1ReplicaSet,
  V1Service,
  V1StatefulSet,
} from '@kubernetes/client-node';

/** The only kinds the program may ever read. Timestamps stay the strings the API sent. */
export interface KubeObjects {
  configmaps: V1ConfigMap;
  daemonsets: V1DaemonSet;
  deployments: V1Deployment;
  endpointslices: V1EndpointSlice;
  events: CoreV1Event;
  jobs: V1Job;
  namespaces: V1Namespace;
  networkpolicies: V1NetworkPolicy;
  nodes: V1Node;
  pods: V1Pod;
  replicasets: V1ReplicaSet;
  services: V1Service;
  statefulsets: V1StatefulSet;
}

export type Kind = keyof KubeObjects;
/** What a step may declare to read: a kind, or the logs of pods. */
export type Readable = Kind | 'pods/log';

/** JSON has no dates: what client-node types as `Date` arrives as an RFC 3339 string. */
export type Wire<T> = T extends Date
  ? string
  : T extends (infer U)[]
    ? Wire<U>[]
    : T extends object
      ? { [K in keyof T]: Wire<T[K]> }
      : T;
export type KubeObject<K extends Kind> = Wire<KubeObjects[K]>;

interface KindPath {
  readonly group: string;
  readonly version: string;
  readonly namespaced: boolean;
}

export const kinds: Readonly<Record<Kind, KindPath>> = {
  configmaps: { group: '', version: 'v1', namespaced: true },
  daemonsets: { group: 'apps', version: 'v1', namespaced: true },
  deployments: { group: 'apps', version: 'v1', namespaced: true },
  endpointslices: { group: 'discovery.k8s.io', version: 'v1', namespaced: true },
  events: { group: '', version: 'v1', namespaced: true },
  jobs: { group: 'batch', version: 'v1', namespaced: true },
  namespaces: { group: '', version: 'v1', namespaced: false },
  networkpolicies: { group: 'networking.k8s.io', version: 'v1', namespaced: true },
  nodes: { group: '', version: 'v1', namespaced: false },
  pods: { group: '', version: 'v1', namespaced: true },
  replicasets: { group: 'apps', version: 'v1', namespaced: true },
  services: { group: '', version: 'v1', namespaced: true },
  statefulsets: { group: 'apps', version: 'v1', namespaced: true },
};
