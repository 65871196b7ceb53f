import { networkPolicyOrder } from '../dialect.js';
import { type Manifest, specOf } from '../inventory/document.js';
import { type Match, reason } from '../model/match.js';
import { isOnHost, isPod, type Party } from '../model/party.js';
import { type Direction, directions, type Policy, type Rule, type Side, type Unjudged } from '../model/policy.js';
import { child, complain, type Field, isAbsent, itemsOf, objectOf, truthOf } from '../read/field.js';
import { unknownFields } from '../read/unknown-fields.js';
import { readSelector } from '../selector/label-selector.js';
import type { World } from './peers.js';
import { readRule } from './rule.js';
import { readEndpointSelector } from './selector.js';

const fields =
  'endpointSelector nodeSelector ingress egress ingressDeny egressDeny enableDefaultDeny labels description log'.split(
    ' ',
  );

export interface Translated {
  readonly policies: readonly Policy[];
  readonly unjudged: readonly Unjudged[];
}

interface ReadSide {
  readonly denials: readonly Rule[];
  readonly allowances: readonly Rule[];
  readonly isolates: boolean;
  readonly ranges: Policy['ranges'];
}

/** Rules of either sort put the endpoint into default deny, unless the policy says otherwise (intro.rst). */
const readSide = (spec: Field, direction: Direction, { manifest, world }: Home): ReadSide => {
  const home = { namespace: manifest.namespace, direction, world, place: manifest.place };
  const [allow, deny] = [child(spec, direction), child(spec, `${direction}Deny`)].map((list) => itemsOf(list) ?? []);
  const allowing = (allow ?? []).map((field) => readRule(field, 'allow', home));
  const denying = (deny ?? []).map((field) => readRule(field, 'deny', home));
  const asked = truthOf(child(child(spec, 'enableDefaultDeny'), direction));
  return {
    denials: [...denying.flatMap(({ rules }) => rules), ...allowing.flatMap(({ denials }) => denials)],
    allowances: allowing.flatMap(({ rules }) => rules),
    isolates: asked ?? allowing.length + denying.length > 0,
    ranges: [...allowing, ...denying].flatMap(({ ranges }) => ranges),
  };
};

interface Home {
  readonly manifest: Manifest;
  readonly world: World;
}

type Subject = (party: Party) => Match;

const readSubject = (field: Field, { manifest: { namespace }, world }: Home): Subject => {
  const { test } = readEndpointSelector(field, world.inventory);
  return (party) => isPod(party) && (namespace === '' || party.namespace === namespace) && test(party);
};

/** Denials are asked before everything else, permissions beside those of Kubernetes (deny.rst). */
const policiesOf = (sides: Record<Direction, ReadSide>, subject: Subject, { manifest }: Home): Policy[] => {
  const { kind, namespace, name, place } = manifest;
  const part = (which: 'denials' | 'allowances', order: number): Policy => {
    const side = ({ isolates, [which]: rules }: ReadSide): Side | undefined =>
      rules.length > 0 || isolates ? { rules, isolates } : undefined;
    return {
      kind,
      namespace,
      name,
      place,
      tier: 'default',
      order,
      tie: `${name}/${namespace}/${kind}`,
      subject,
      ingress: side(sides.ingress),
      egress: side(sides.egress),
      ranges: directions.flatMap((direction) => sides[direction].ranges),
    };
  };
  const denies = directions.some((direction) => sides[direction].denials.length > 0);
  return [...(denies ? [part('denials', Number.NEGATIVE_INFINITY)] : []), part('allowances', networkPolicyOrder)];
};

const unjudged = ({ manifest }: Home, why: Unjudged['why'], touches: Unjudged['touches']): Unjudged => {
  const { kind, namespace, name, place } = manifest;
  return { kind, namespace, name, place, why, touches };
};

/** The firewall of hosts, which has to be switched on: no Pod is judged by it. */
const readForNodes = (field: Field, home: Home): Unjudged => {
  if (home.manifest.namespace !== '') complain(field, 'goes with CiliumClusterwideNetworkPolicy only');
  const select = readSelector(field);
  const { nodes, nodesUnread } = home.world.inventory;
  const selected = nodes.filter(({ party }) => select(party.labels)).map(({ party }) => party.node);
  const isOnOne = (party: Party) =>
    isOnHost(party) && (nodesUnread || party.node === '' || selected.includes(party.node));
  return unjudged(home, reason('host-firewall', { policy: home.manifest.name }), isOnOne);
};

const checkSelectors = (spec: Field, endpoints: Field, nodes: Field) => {
  if (isAbsent(endpoints) && isAbsent(nodes)) complain(spec, 'needs an endpointSelector; {} selects all');
  if (!isAbsent(endpoints) && !isAbsent(nodes)) complain(nodes, 'does not go with endpointSelector');
};

const readSpec = (spec: Field, home: Home): Translated => {
  objectOf(spec);
  const [strange] = unknownFields(spec, ...fields);
  unknownFields(child(spec, 'enableDefaultDeny'), 'ingress', 'egress');
  const [endpoints, nodes] = [child(spec, 'endpointSelector'), child(spec, 'nodeSelector')];
  checkSelectors(spec, endpoints, nodes);
  const sides = { ingress: readSide(spec, 'ingress', home), egress: readSide(spec, 'egress', home) };
  if (!isAbsent(nodes)) return { policies: [], unjudged: [readForNodes(nodes, home)] };
  const subject = readSubject(endpoints, home);
  if (strange === undefined) return { policies: policiesOf(sides, subject, home), unjudged: [] };
  const why = reason('field-not-understood', { field: strange });
  return { policies: [], unjudged: [unjudged(home, why, (party) => subject(party) !== false)] };
};

/** `spec` and `specs` may both be there. */
export const readPolicy = (manifest: Manifest, world: World): Translated => {
  const [spec, specs] = [specOf(manifest), child(manifest.root, 'specs')];
  const all = [...(isAbsent(spec) ? [] : [spec]), ...(itemsOf(specs) ?? [])];
  if (all.length === 0) complain(spec, 'a policy needs spec or specs');
  const read = all.map((one) => readSpec(one, { manifest, world }));
  return { policies: read.flatMap(({ policies }) => policies), unjudged: read.flatMap((one) => one.unjudged) };
};
