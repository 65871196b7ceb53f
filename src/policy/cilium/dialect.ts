import type { Dialect, Translation } from '../dialect.js';
import { isRefused, type Manifest } from '../inventory/document.js';
import type { Inventory } from '../inventory/inventory.js';
import { child, descend, type Field, isAbsent, itemsOf, warn } from '../read/field.js';
import { enforcedBy, isOf } from '../vendor.js';
import { groupsIn } from './cidr.js';
import type { World } from './peers.js';
import { readPolicy } from './policy.js';
import { serviceLabelsIn } from './services.js';

const kinds: ReadonlySet<string> = new Set(['CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy']);

const owns: Dialect['owns'] = ({ group, kind }) =>
  (group === '' && kind === 'Service') ||
  (isOf('cilium', { group }) && (kinds.has(kind) || kind === 'CiliumCIDRGroup'));

const quiet = (field: Field): Field => ({ ...field, complain: () => undefined });

const egressRules = (manifest: Manifest): Field[] => {
  const root = quiet(manifest.root);
  const specs = [child(root, 'spec'), ...(itemsOf(child(root, 'specs')) ?? [])];
  return specs.flatMap((spec) => itemsOf(child(spec, 'egress')) ?? []);
};

const hasDns = (rule: Field) =>
  (itemsOf(child(rule, 'toPorts')) ?? []).some((entry) => !isAbsent(descend(entry, 'rules', 'dns')));

/** The addresses of a name are learned from answers that pass the DNS proxy, and only a DNS rule sends them there. */
const warnOfNames = (manifests: readonly Manifest[]) => {
  if (manifests.flatMap(egressRules).some(hasDns)) return;
  for (const manifest of manifests)
    for (const rule of egressRules(manifest)) {
      const { path, value } = child(rule, 'toFQDNs');
      if (value !== undefined)
        warn({ ...manifest.root, path }, 'no policy has a DNS rule, without which no address of a name becomes known');
    }
};

const translated = (manifests: readonly Manifest[], inventory: Inventory): Translation => {
  const policies = manifests.filter(({ kind }) => kinds.has(kind));
  if (policies.length === 0) return { tiers: [], policies: [] };
  const world: World = { inventory, groups: groupsIn(manifests), serviceLabels: serviceLabelsIn(manifests) };
  const read = policies.map((manifest) => ({ manifest, ...readPolicy(manifest, world) }));
  const valid = read.filter(({ manifest }) => !isRefused(manifest));
  warnOfNames(policies);
  return {
    tiers: [],
    policies: valid.flatMap((one) => one.policies),
    unjudged: valid.flatMap((one) => one.unjudged),
  };
};

/** Policies of Cilium add up like those of Kubernetes, and those that deny come before all. */
export const cilium: Dialect = {
  name: 'cilium',
  owns,
  translate: (manifests, inventory) => enforcedBy('cilium', inventory.engine, translated(manifests, inventory)),
};
