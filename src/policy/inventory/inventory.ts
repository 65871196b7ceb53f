import type { Labels } from '../../domain/selector.js';
import type { Endpoint } from './endpoint.js';
import type { Backend, Service } from './service.js';

/** Everything that is there besides policies. */
export interface Inventory {
  readonly pods: readonly Endpoint[];
  /** Those that have no Pod here, and stand for the Pods they would make. */
  readonly workloads: readonly Endpoint[];
  readonly nodes: readonly Endpoint[];
  /** Nobody was allowed to look: any may be there, and what depends on their addresses or labels is open. */
  readonly nodesUnread?: boolean | undefined;
  readonly services: readonly Service[];
  /** What EndpointSlices list, by `namespace/service`. */
  readonly backends: ReadonlyMap<string, readonly Backend[]>;
  /** Labels of a namespace, also of one that nobody has written down. */
  readonly namespaceLabels: (name: string) => Labels;
  readonly namespaces: readonly string[];
  readonly engine: Engine;
}

/** What differs between the programs that put policies into effect. */
export interface Engine {
  readonly name: 'kubernetes' | 'calico' | 'cilium';
  /**
   * Whether a range of addresses in a policy speaks of Pods too. The Kubernetes tests demand it and Calico does it;
   * Cilium does not (cilium/cilium#9209).
   */
  readonly blocksMatchPods: boolean;
  /** Policies of several engines are there, and nobody has said which of them is in charge. */
  readonly contested?: boolean;
}

/** Set by the API server on every namespace, and hardly ever written in manifests. */
export const nameLabel = 'kubernetes.io/metadata.name';
