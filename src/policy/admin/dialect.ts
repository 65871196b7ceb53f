import { type Dialect, tierOrders } from '../dialect.js';
import { isRefused, type Manifest, specOf } from '../inventory/document.js';
import type { Policy } from '../model/policy.js';
import { child, complain, knowOnly, numberOf, warn, wordOf } from '../read/field.js';
import { type Rank, readClusterPolicy } from './cluster-policy.js';

const priorityOf = (manifest: Manifest): number => {
  const field = child(specOf(manifest), 'priority');
  const priority = numberOf(field);
  if (priority === undefined) complain(field, 'a priority is required');
  else if (priority < 0 || priority > 1000) complain(field, `${priority} is not between 0 and 1000`);
  return priority ?? 0;
};

/** There is one baseline, and its name is `default` (baselineadminnetworkpolicy_types.go). */
const rankOf: Readonly<Record<string, (manifest: Manifest) => Rank>> = {
  AdminNetworkPolicy: (manifest) => {
    knowOnly(specOf(manifest), 'priority', 'subject', 'ingress', 'egress');
    return { tier: 'admin', order: priorityOf(manifest) };
  },
  BaselineAdminNetworkPolicy: (manifest) => {
    knowOnly(specOf(manifest), 'subject', 'ingress', 'egress');
    if (manifest.name !== 'default') complain(child(child(manifest.root, 'metadata'), 'name'), 'has to be "default"');
    return { tier: 'baseline', order: 0 };
  },
  ClusterNetworkPolicy: (manifest) => {
    knowOnly(specOf(manifest), 'tier', 'priority', 'subject', 'ingress', 'egress');
    const field = child(specOf(manifest), 'tier');
    const tier = wordOf(field, ['Admin', 'Baseline'] as const);
    if (tier === undefined) complain(field, 'a tier is required: Admin or Baseline');
    return { tier: tier === 'Baseline' ? 'baseline' : 'admin', order: priorityOf(manifest) };
  },
};

const readAll = (manifests: readonly Manifest[], read: (manifest: Manifest, rank: Rank) => Policy) => {
  const taken = new Map<string, string>();
  return manifests.flatMap((manifest) => {
    const rank = rankOf[manifest.kind]?.(manifest) ?? { tier: 'admin', order: 0 };
    const policy = read(manifest, rank);
    if (isRefused(manifest)) return [];
    const seat = `${rank.tier} ${rank.order}`;
    const other = taken.get(seat);
    const field = child(specOf(manifest), 'priority');
    if (other !== undefined) warn(field, `${other} has the same priority; which of them comes first is undefined`);
    taken.set(seat, manifest.name);
    return policy;
  });
};

/** Policies of the administrator: before those of Kubernetes, and below them as what holds where there are none. */
export const admin: Dialect = {
  name: 'admin',
  owns: ({ group, kind }) => group === 'policy.networking.k8s.io' && Object.hasOwn(rankOf, kind),
  translate: (manifests, inventory) => ({
    tiers: [
      { name: 'admin', order: tierOrders.admin, end: 'pass', undefinedTies: true },
      { name: 'baseline', order: tierOrders.baseline, end: 'pass', undefinedTies: true },
    ],
    policies: readAll(manifests, (manifest, rank) => readClusterPolicy(manifest, inventory, rank)),
  }),
};
