import { type Manifest, specOf } from '../inventory/document.js';
import type { Inventory } from '../inventory/inventory.js';
import type { Action, Direction, Policy, Rule, Side } from '../model/policy.js';
import { child, complain, type Field, itemsOf, knowOnly, objectOf, textOf, wordOf } from '../read/field.js';
import { readPeers } from './peers.js';
import { readPorts } from './ports.js';
import { readSubject } from './subject.js';

const actions: Readonly<Record<string, Action>> = { Allow: 'allow', Accept: 'allow', Deny: 'deny', Pass: 'pass' };

/** The words that this kind of policy has for what a rule does. */
const wordsOf = (kind: string) => {
  if (kind === 'ClusterNetworkPolicy') return ['Accept', 'Deny', 'Pass'] as const;
  return kind === 'AdminNetworkPolicy' ? (['Allow', 'Deny', 'Pass'] as const) : (['Allow', 'Deny'] as const);
};

interface Home {
  readonly manifest: Manifest;
  readonly direction: Direction;
  readonly inventory: Inventory;
}

const peersOf = { ingress: 'from', egress: 'to' } as const;

/**
 * A peer of a kind that nobody knows was written for a newer API. Then the rule fails closed: one that allows
 * matches nothing, any other denies all (clusternetworkpolicy_types.go, ClusterNetworkPolicyEgressPeer).
 */
const failingClosed = (rule: Rule): Rule =>
  rule.action === 'allow' ? { ...rule, peer: () => false } : { ...rule, action: 'deny', peer: () => true };

const readRule = (field: Field, { manifest, direction, inventory }: Home) => {
  objectOf(field);
  const newer = manifest.kind === 'ClusterNetworkPolicy';
  knowOnly(field, 'name', 'action', peersOf[direction], newer ? 'protocols' : 'ports');
  const word = wordOf(child(field, 'action'), wordsOf(manifest.kind));
  if (word === undefined) complain(child(field, 'action'), 'an action is required');
  const action = actions[word ?? ''] ?? 'deny';
  const peers = readPeers(child(field, peersOf[direction]), { direction, action, inventory });
  const named = textOf(child(field, 'name'));
  const rule: Rule = {
    action,
    name: `${direction}[${field.path.at(-1)}]${named ? ` ${named}` : ''}`,
    place: { ...manifest.place, path: field.path },
    peer: peers.matches,
    ports: readPorts(field),
    remarks: peers.remarks,
  };
  return { rule: peers.unknown ? failingClosed(rule) : rule, ranges: peers.ranges };
};

export interface Rank {
  readonly tier: string;
  readonly order: number;
}

/** A policy that touches only the traffic its rules speak of: there is no isolation. */
export const readClusterPolicy = (manifest: Manifest, inventory: Inventory, { tier, order }: Rank): Policy => {
  const { kind, name, place } = manifest;
  const spec = specOf(manifest);
  objectOf(spec);
  const read = (direction: Direction) =>
    (itemsOf(child(spec, direction)) ?? []).map((field) => readRule(field, { manifest, direction, inventory }));
  const [ingress, egress] = [read('ingress'), read('egress')];
  const side = (rules: typeof ingress): Side => ({ rules: rules.map(({ rule }) => rule), isolates: false });
  return {
    kind,
    namespace: '',
    name,
    place,
    tier,
    order,
    tie: name,
    subject: readSubject(child(spec, 'subject')),
    ingress: ingress.length > 0 ? side(ingress) : undefined,
    egress: egress.length > 0 ? side(egress) : undefined,
    ranges: [...ingress, ...egress].flatMap(({ ranges }) => ranges),
  };
};
