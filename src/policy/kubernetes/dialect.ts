import { type Dialect, tierOrders } from '../dialect.js';
import { isRefused } from '../inventory/document.js';
import { readNetworkPolicy } from './network-policy.js';

/** Policies only allow, and add up: what none of those that select a Pod allows is denied at the end of the tier. */
export const kubernetes: Dialect = {
  name: 'kubernetes',
  owns: ({ group, kind }) => kind === 'NetworkPolicy' && (group === 'networking.k8s.io' || group === 'extensions'),
  translate: (manifests, { engine }) => ({
    tiers: [{ name: 'default', order: tierOrders.default, end: 'deny' }],
    policies: manifests.flatMap((manifest) => {
      const policy = readNetworkPolicy(manifest, engine);
      return isRefused(manifest) ? [] : policy;
    }),
  }),
};
