import { type Manifest, specOf } from '../inventory/document.js';
import { both, type Match } from '../model/match.js';
import { isPod, type Party } from '../model/party.js';
import type { Direction, Policy, Side } from '../model/policy.js';
import { child, complain, type Field, isAbsent, itemsOf, objectOf, textOf, truthOf, wordOf } from '../read/field.js';
import { unknownFields } from '../read/unknown-fields.js';
import { accountSelected } from './accounts.js';
import type { World } from './entity.js';
import { inNamespaces, lookupOf } from './labels.js';
import { readOrder } from './order.js';
import { readRule } from './rule.js';
import { readSelector } from './selector/read-selector.js';
import { tierName } from './tiers.js';

const fields = 'tier order selector serviceAccountSelector types ingress egress performanceHints'.split(' ');
const globalFields = 'namespaceSelector doNotTrack preDNAT applyOnForward'.split(' ');

/** Stored objects carry their tier in front of their name (libcalico-go/lib/backend/k8s/resources). */
export const ownName = ({ name }: Pick<Manifest, 'name'>): string => name.replace(/^default\./, '');

/** Only egress rules make a policy of egress alone, unlike in Kubernetes (globalnetworkpolicy.go, Types). */
const typesOf = (spec: Field): ReadonlySet<Direction> => {
  const written = (itemsOf(child(spec, 'types')) ?? []).map((item) => wordOf(item, ['Ingress', 'Egress'] as const));
  if (new Set(written).size < written.length) complain(child(spec, 'types'), 'names a type twice');
  if (written.length > 0) return new Set(written.map((type) => (type === 'Egress' ? 'egress' : 'ingress')));
  const [ingress, egress] = ['ingress', 'egress'].map((key) => (itemsOf(child(spec, key)) ?? []).length > 0);
  const types: Direction[] = egress ? (ingress ? ['ingress', 'egress'] : ['egress']) : ['ingress'];
  return new Set(types);
};

type Subject = (party: Party) => Match;

const readSubject = (spec: Field, { namespace }: Manifest, { accounts }: World): Subject => {
  const labels = readSelector(child(spec, 'selector'));
  const namespaces = readSelector(child(spec, 'namespaceSelector'));
  const account = readSelector(child(spec, 'serviceAccountSelector'));
  const accountTest = account && accountSelected(account, accounts);
  const atHome = namespaces ? inNamespaces(namespaces) : () => true;
  return (party) => {
    if (!isPod(party) || (namespace !== '' && party.namespace !== namespace)) return false;
    if (!atHome(party) || !(labels?.(lookupOf(party)) ?? true)) return false;
    return both(true, accountTest?.(party) ?? true);
  };
};

/** How a policy treats the endpoints of hosts, which Pods are not. */
export interface HostTraits {
  readonly doNotTrack: boolean;
  readonly preDNAT: boolean;
  readonly applyOnForward: boolean;
}

const readTraits = (spec: Field): HostTraits => {
  const is = (key: string) => truthOf(child(spec, key)) === true;
  const traits = { doNotTrack: is('doNotTrack'), preDNAT: is('preDNAT'), applyOnForward: is('applyOnForward') };
  if (traits.doNotTrack && traits.preDNAT) complain(child(spec, 'preDNAT'), 'does not go with doNotTrack');
  if ((traits.doNotTrack || traits.preDNAT) && truthOf(child(spec, 'applyOnForward')) === false)
    complain(child(spec, 'applyOnForward'), 'has to be true with doNotTrack and preDNAT');
  const hasEgress = (itemsOf(child(spec, 'egress')) ?? []).length > 0;
  if (traits.preDNAT && hasEgress) complain(child(spec, 'egress'), 'does not go with preDNAT');
  return traits;
};

export interface ReadPolicy {
  readonly policy: Policy;
  /** As it was written. */
  readonly tier: string;
  readonly traits: HostTraits;
  /** Fields that are not understood. */
  readonly unknown: readonly string[];
}

export const readPolicy = (manifest: Manifest, world: World): ReadPolicy => {
  const { kind, namespace, place } = manifest;
  const spec = specOf(manifest);
  if (isAbsent(spec)) complain(spec, 'is missing');
  objectOf(spec);
  const unknown = unknownFields(spec, ...fields, ...(kind === 'GlobalNetworkPolicy' ? globalFields : []));
  const tier = textOf(child(spec, 'tier')) || 'default';
  const types = typesOf(spec);
  const read = (direction: Direction) =>
    (itemsOf(child(spec, direction)) ?? []).map((field) => readRule(field, { manifest, direction, world }));
  const [ingress, egress] = [read('ingress'), read('egress')];
  const side = (direction: Direction, rules: typeof ingress): Side | undefined =>
    types.has(direction) ? { rules: rules.flatMap((one) => one.rules), isolates: true } : undefined;
  const name = ownName(manifest);
  const policy: Policy = {
    kind,
    namespace,
    name,
    place,
    tier: tierName(tier),
    order: readOrder(child(spec, 'order')),
    tie: `${name}/${namespace}/${kind}`,
    subject: readSubject(spec, manifest, world),
    ingress: side('ingress', ingress),
    egress: side('egress', egress),
    ranges: [...ingress, ...egress].flatMap(({ ranges }) => ranges),
  };
  return { policy, tier, traits: readTraits(spec), unknown };
};
