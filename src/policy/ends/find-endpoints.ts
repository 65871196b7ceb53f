import { nearNames } from '../../domain/near-names.js';
import type { Endpoint } from '../inventory/endpoint.js';
import type { Inventory } from '../inventory/inventory.js';
import { NoSuchEnd } from './targets.js';

const kindOf = {
  deployments: 'Deployment',
  statefulsets: 'StatefulSet',
  daemonsets: 'DaemonSet',
  jobs: 'Job',
} as const;

export interface Wanted {
  readonly namespace: string;
  readonly name: string;
}

const isIn =
  ({ namespace, name }: Wanted) =>
  ({ party, object }: Endpoint) =>
    party.namespace === namespace && object === name;

export const notFound = (what: string, { namespace, name }: Wanted, names: readonly string[]): NoSuchEnd => {
  const near = nearNames(name, names);
  return new NoSuchEnd(
    `There is no ${what} ${namespace ? `${namespace}/` : ''}${name}.${near.length > 0 ? ` Near: ${near.join(', ')}.` : ''}`,
  );
};

const namesIn = ({ pods, workloads }: Inventory, { namespace }: Wanted) =>
  [...pods, ...workloads].filter(({ party }) => party.namespace === namespace).map(({ object }) => object);

export const podNamed = (inventory: Inventory, wanted: Wanted): Endpoint => {
  const found = inventory.pods.find(isIn(wanted));
  if (!found) throw notFound('Pod', wanted, namesIn(inventory, wanted));
  return found;
};

/** The Pods of a workload, or what stands for them. `of` absent: of whatever kind. */
const workloadPods = ({ pods, workloads }: Inventory, wanted: Wanted, of: string | undefined): Endpoint[] => {
  const made = pods.filter(({ party, owner }) => {
    const [kind, name] = owner.split('/');
    return party.namespace === wanted.namespace && name === wanted.name && (of === undefined || kind === of);
  });
  const alive = made.filter(({ finished }) => !finished);
  if (made.length > 0) return alive.length > 0 ? alive : made;
  return workloads.filter(isIn(wanted)).filter(({ kind }) => of === undefined || kind === of);
};

export const workloadNamed = (inventory: Inventory, wanted: Wanted, of: string): Endpoint[] => {
  const kind = Object.hasOwn(kindOf, of) ? kindOf[of as keyof typeof kindOf] : of;
  const found = workloadPods(inventory, wanted, kind);
  if (found.length === 0) throw notFound(kind, wanted, namesIn(inventory, wanted));
  return found;
};

/** A Pod of that name, else a workload. */
export const anyNamed = (inventory: Inventory, wanted: Wanted, of: string | undefined): Endpoint[] => {
  const pod = of === undefined || of === 'Pod' ? inventory.pods.find(isIn(wanted)) : undefined;
  if (pod) return [pod];
  const found = workloadPods(inventory, wanted, of);
  if (found.length === 0) throw notFound('Pod or workload', wanted, namesIn(inventory, wanted));
  return found;
};

export const nodeNamed = ({ nodes }: Inventory, name: string): Endpoint => {
  const found = nodes.find(({ object }) => object === name);
  if (!found)
    throw notFound(
      'node',
      { namespace: '', name },
      nodes.map(({ object }) => object),
    );
  return found;
};
