import { tierOrders } from '../dialect.js';
import { isRefused, type Manifest, specOf } from '../inventory/document.js';
import type { Tier } from '../model/policy.js';
import { child, complain, wordOf } from '../read/field.js';
import { unknownFields } from '../read/unknown-fields.js';
import { readOrder } from './order.js';

/** Tiers that are always there; their older names mean the same (api/pkg/apis/projectcalico/v3/tier.go). */
const given: Readonly<Record<string, keyof typeof tierOrders>> = {
  default: 'default',
  'kube-admin': 'admin',
  'kube-baseline': 'baseline',
  adminnetworkpolicy: 'admin',
  baselineadminnetworkpolicy: 'baseline',
};

/** What the model calls a tier: one that somebody made may have the name of one that is always there. */
export const tierName = (name: string): string =>
  Object.hasOwn(given, name) ? (given[name] ?? name) : `calico/${name}`;

const readTier = (manifest: Manifest): Tier => {
  const { name } = manifest;
  const spec = specOf(manifest);
  unknownFields(spec, 'order', 'defaultAction');
  const order = readOrder(child(spec, 'order'));
  const fixed = given[name] && tierOrders[given[name]];
  if (fixed !== undefined && order !== fixed) complain(child(spec, 'order'), `tier ${name} has order ${fixed}`);
  const action = wordOf(child(spec, 'defaultAction'), ['Deny', 'Pass'] as const);
  return { name: tierName(name), order, end: action === 'Pass' ? 'pass' : 'deny' };
};

/** Those that somebody made. */
export const tiersIn = (manifests: readonly Manifest[]): Tier[] =>
  manifests
    .filter(({ kind }) => kind === 'Tier')
    .flatMap((manifest) => {
      const tier = readTier(manifest);
      return isRefused(manifest) || Object.hasOwn(given, manifest.name) ? [] : tier;
    });

export const isKnownTier = (name: string, tiers: readonly Tier[]): boolean =>
  Object.hasOwn(given, name) || tiers.some((tier) => tier.name === tierName(name));
