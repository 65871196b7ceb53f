import type { JsonObject } from '../../domain/json.js';
import { networkPolicyOrder } from '../dialect.js';
import { type Manifest, specOf } from '../inventory/document.js';
import type { Engine } from '../inventory/inventory.js';
import { isPod } from '../model/party.js';
import type { Direction, Policy, Rule, Side } from '../model/policy.js';
import { child, type Field, itemsOf, knowOnly, objectOf, wordOf } from '../read/field.js';
import { readSelector } from '../selector/label-selector.js';
import { readPeers } from './peers.js';
import { readPorts } from './ports.js';

const peersOf = { ingress: 'from', egress: 'to' } as const;

interface Home {
  readonly place: Policy['place'];
  readonly namespace: string;
  readonly engine: Engine;
}

const readRule = (field: Field, direction: Direction, { place, ...home }: Home) => {
  objectOf(field);
  knowOnly(field, peersOf[direction], 'ports');
  const { matches, remarks, ranges } = readPeers(child(field, peersOf[direction]), home);
  const rule: Rule = {
    action: 'allow',
    name: `${direction}[${field.path.at(-1)}]`,
    place: { ...place, path: field.path },
    peer: matches,
    ports: readPorts(child(field, 'ports')),
    remarks,
  };
  return { rule, ranges };
};

/** `policyTypes` is final where it is given; else Ingress always, and Egress where there is a rule for it. */
const typesOf = (spec: Field): ReadonlySet<Direction> => {
  const written = (itemsOf(child(spec, 'policyTypes')) ?? []).map((item) =>
    wordOf(item, ['Ingress', 'Egress'] as const),
  );
  if (written.length > 0) return new Set(written.map((type) => (type === 'Egress' ? 'egress' : 'ingress')));
  const egress = (itemsOf(child(spec, 'egress')) ?? []).length > 0;
  return new Set<Direction>(egress ? ['ingress', 'egress'] : ['ingress']);
};

export const readNetworkPolicy = (manifest: Manifest, engine: Engine): Policy => {
  const { namespace, name, place } = manifest;
  const spec = specOf(manifest);
  objectOf(spec);
  knowOnly(spec, 'podSelector', 'policyTypes', 'ingress', 'egress');
  const select = readSelector(child(spec, 'podSelector'));
  const types = typesOf(spec);
  const read = (direction: Direction) =>
    (itemsOf(child(spec, direction)) ?? []).map((field) => readRule(field, direction, { place, namespace, engine }));
  const [ingress, egress] = [read('ingress'), read('egress')];
  const side = (direction: Direction, rules: typeof ingress): Side | undefined =>
    types.has(direction) ? { rules: rules.map(({ rule }) => rule), isolates: true } : undefined;
  return {
    kind: 'NetworkPolicy',
    namespace,
    name,
    place,
    tier: 'default',
    order: networkPolicyOrder,
    tie: `${name}/${namespace}`,
    subject: (party) => isPod(party) && party.namespace === namespace && select(party.labels),
    selector: (objectOf(child(spec, 'podSelector')) ?? {}) as JsonObject,
    ingress: side('ingress', ingress),
    egress: side('egress', egress),
    ranges: [...ingress, ...egress].flatMap(({ ranges }) => ranges),
  };
};
