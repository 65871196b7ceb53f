import type { Endpoint } from './endpoint.js';

const nameOf = ({ party, kind, object }: Endpoint) => `${party.namespace}/${kind}/${object}`;
const ownerOf = ({ party, owner }: Endpoint) => (owner === '' ? '' : `${party.namespace}/${owner}`);

/** The workloads that stand for Pods nobody has written down: those that made a Pod, or were made themselves, do not. */
export const withoutPods = (workloads: readonly Endpoint[], pods: readonly Endpoint[]): Endpoint[] => {
  const byName = new Map(workloads.map((workload) => [nameOf(workload), workload]));
  const seen = new Set<string>();
  for (const pod of pods) {
    let name = ownerOf(pod);
    while (name !== '' && !seen.has(name)) {
      seen.add(name);
      const maker = byName.get(name);
      name = maker ? ownerOf(maker) : '';
    }
  }
  return workloads.filter((workload) => !seen.has(nameOf(workload)) && !byName.has(ownerOf(workload)));
};
