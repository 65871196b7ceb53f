import { admin } from './admin/dialect.js';
import { calico } from './calico/dialect.js';
import { cilium } from './cilium/dialect.js';
import { type Enforcement, enforcedAs, enforcementIn } from './cilium/enforcement.js';
import type { Dialect } from './dialect.js';
import type { Document, Manifest } from './inventory/document.js';
import type { Engine, Inventory } from './inventory/inventory.js';
import { manifestsIn } from './inventory/manifests.js';
import { takeInventory } from './inventory/take-inventory.js';
import { kubernetes } from './kubernetes/dialect.js';
import type { Model, Tier } from './model/policy.js';
import type { Problem } from './read/place.js';
import { isPolicy, unjudged } from './unjudged.js';
import { engineFor } from './vendor.js';

/** Every language in which a policy may be written. */
const dialects: readonly Dialect[] = [kubernetes, admin, calico, cilium];

export interface Loaded {
  readonly inventory: Inventory;
  readonly model: Model;
  readonly problems: readonly Problem[];
}

export interface LoadOptions {
  /** For objects that do not say theirs. */
  readonly namespace: string;
  readonly engine: Engine['name'];
  /** Nodes are missing since they could not be read, not since there are none. */
  readonly nodesUnread?: boolean | undefined;
  /** How Cilium enforces policies; absent, what a ConfigMap among the documents says. */
  readonly enforcement?: Enforcement | undefined;
}

const nameOf = ({ group, kind, namespace, name }: Manifest) => [group, kind, namespace, name].join('/');

/** The later of two objects of one name is the one that `kubectl apply` would leave. */
const withoutTwins = (manifests: readonly Manifest[], problems: Problem[]): Manifest[] => {
  const last = new Map(manifests.map((manifest) => [nameOf(manifest), manifest]));
  for (const manifest of manifests)
    if (last.get(nameOf(manifest)) !== manifest)
      problems.push({
        severity: 'warning',
        message: `${manifest.kind} ${manifest.name} is written again further on; this one is not used`,
        place: manifest.place,
      });
  return [...last.values()];
};

const tiersOf = (tiers: readonly Tier[]): Tier[] =>
  [...new Map(tiers.map((tier) => [tier.name, tier])).values()].sort(
    (one, other) => one.order - other.order || (one.name < other.name ? -1 : 1),
  );

/** Reads everything, understands what it can, and says where the rest stands. Never throws. */
export const load = (
  documents: readonly Document[],
  { namespace, engine, nodesUnread, enforcement }: LoadOptions,
): Loaded => {
  const problems: Problem[] = [];
  const manifests = withoutTwins(manifestsIn(documents, namespace, problems), problems);
  const inventory = { ...takeInventory(manifests, engineFor(engine, manifests)), nodesUnread };
  const translations = dialects.map(({ owns, translate }) => translate(manifests.filter(owns), inventory));
  const unknown = manifests.filter((one) => isPolicy(one) && !dialects.some(({ owns }) => owns(one)));
  const written: Model = {
    tiers: tiersOf(translations.flatMap(({ tiers }) => tiers)),
    policies: translations.flatMap(({ policies }) => policies),
    unjudged: [...translations.flatMap((one) => one.unjudged ?? []), ...unknown.map(unjudged)],
  };
  const own = manifests.flatMap((manifest) => manifest.problems);
  const enforced = enforcedAs(written, inventory.engine, enforcement ?? enforcementIn(manifests));
  const ofMany = [...translations.flatMap((one) => one.problems ?? []), ...enforced.problems];
  return { inventory, model: enforced.model, problems: [...problems, ...own, ...ofMany] };
};

/** The same cluster with some more policies, as they would stand once applied. */
export const extended = (loaded: Loaded, documents: readonly Document[]): Loaded => {
  const manifests = manifestsIn(documents, 'default', []);
  const more = dialects.map(({ owns, translate }) => translate(manifests.filter(owns), loaded.inventory));
  const { tiers, policies } = loaded.model;
  const model = {
    ...loaded.model,
    tiers: tiersOf([...tiers, ...more.flatMap((one) => one.tiers)]),
    policies: [...policies, ...more.flatMap((one) => one.policies)],
  };
  return { ...loaded, model };
};
