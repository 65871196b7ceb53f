import type { Kubectl } from '../cluster/kubectl.ts';
import type { Node } from '../cluster/node.ts';
import type { Lab } from '../cluster/plan.ts';

/** Something a cluster may have beside Kubernetes itself. `install` returns when it works. */
export interface Addon {
  install(lab: Lab, kubectl: Kubectl, nodes: readonly Node[]): Promise<void>;
}
