import type { Manifest } from './inventory/document.js';
import type { Inventory } from './inventory/inventory.js';
import type { Policy, Tier, Unjudged } from './model/policy.js';
import type { Problem } from './read/place.js';

/** What one dialect makes of its objects. */
export interface Translation {
  readonly tiers: readonly Tier[];
  readonly policies: readonly Policy[];
  readonly unjudged?: readonly Unjudged[];
  /** Those that no single object has, such as a priority that two policies share. */
  readonly problems?: readonly Problem[];
}

/**
 * A language in which policies are written. It gets all of its objects at once, tells of what is wrong with one
 * through the fields of that object, and leaves out a policy that the API server would refuse.
 */
export interface Dialect {
  readonly name: string;
  readonly owns: (manifest: Pick<Manifest, 'group' | 'kind' | 'version'>) => boolean;
  readonly translate: (manifests: readonly Manifest[], inventory: Inventory) => Translation;
}

/** Where the policies of Kubernetes stand between those of others: the numbers are Calico's (api/pkg/apis/projectcalico/v3/tier.go). */
export const tierOrders = { admin: 1_000, default: 1_000_000, baseline: 10_000_000 } as const;

/** The place of a Kubernetes NetworkPolicy among the policies of the `default` tier (Calico, conversion.go). */
export const networkPolicyOrder = 1_000;
