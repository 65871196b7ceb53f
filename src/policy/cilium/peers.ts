import type { Range } from '../address/range.js';
import type { Inventory } from '../inventory/inventory.js';
import { both, doubt, every, type Match, not, some } from '../model/match.js';
import { isPod, type Party } from '../model/party.js';
import type { Direction } from '../model/policy.js';
import { child, complain, type Field, isAbsent, itemsOf, wordOf } from '../read/field.js';
import { readSelector } from '../selector/label-selector.js';
import { type Blocks, type CidrGroup, readCidrSets, readCidrs } from './cidr.js';
import { entityWords, isEntity } from './entities.js';
import { readNames } from './names.js';
import { asPeer, readEndpointSelector } from './selector.js';
import { readServices, type ServiceLabels } from './services.js';

export interface World {
  readonly inventory: Inventory;
  readonly groups: readonly CidrGroup[];
  readonly serviceLabels: ServiceLabels;
}

export interface Home {
  /** Empty for a policy of the whole cluster. */
  readonly namespace: string;
  readonly direction: Direction;
  readonly world: World;
}

type Test = (party: Party) => Match;
type Read = (field: Field, home: Home) => Blocks[];

const block = (matches: Test): Blocks => ({ matches, ranges: [] });

const readEndpoints: Read = (field, { namespace, world }) =>
  (itemsOf(field) ?? []).map((item) => block(asPeer(readEndpointSelector(item, world.inventory), namespace)));

const readEntities: Read = (field, { world }) =>
  (itemsOf(field) ?? []).flatMap((item) => {
    const word = wordOf(item, entityWords);
    return word === undefined ? [] : block((party) => isEntity(word, party, world.inventory));
  });

/** Nodes have labels of their own only where the agent is told so. */
const readNodes: Read = (field) =>
  (itemsOf(field) ?? []).map((item) => {
    const select = readSelector(item);
    return block(
      ({ kind, labels, labelsUnknown }) => kind === 'node' && (labelsUnknown || select(labels)) && doubt('node-labels'),
    );
  });

const readGroups: Read = (field) =>
  (itemsOf(field) ?? []).map(() => block(({ kind }) => kind === 'outside' && doubt('cloud-group')));

const kinds: Readonly<Record<Direction, Readonly<Record<string, Read>>>> = {
  ingress: {
    fromEndpoints: readEndpoints,
    fromEntities: readEntities,
    fromCIDR: (field) => [readCidrs(field)],
    fromCIDRSet: (field, { world }) => readCidrSets(field, world.groups),
    fromNodes: readNodes,
    fromGroups: readGroups,
  },
  egress: {
    toEndpoints: readEndpoints,
    toEntities: readEntities,
    toCIDR: (field) => [readCidrs(field)],
    toCIDRSet: (field, { world }) => readCidrSets(field, world.groups),
    toServices: (field, { world }) => readServices(field, world.inventory, world.serviceLabels),
    toFQDNs: readNames,
    toNodes: readNodes,
    toGroups: readGroups,
  },
};

export const peerFields = (direction: Direction): string[] => Object.keys(kinds[direction]);

export interface Peers {
  /** Whether any field says who is meant; a list without an entry means nobody. */
  readonly said: boolean;
  readonly matches: Test;
  readonly ranges: readonly Range[];
}

/** One sort of peer in a rule: two together are refused (rule_validation.go). */
const checkAlone = (rule: Field, written: readonly string[]) => {
  const filled = written.filter((key) => (itemsOf(child(rule, key)) ?? []).length > 0);
  const [first, second] = filled;
  if (first !== undefined && second !== undefined)
    complain(child(rule, second), `does not go with ${first}: write a rule of its own`);
};

export const readPeers = (rule: Field, home: Home): Peers => {
  const known = kinds[home.direction];
  const written = Object.keys(known).filter((key) => !isAbsent(child(rule, key)));
  checkAlone(rule, written);
  const blocks = written.flatMap((key) => known[key]?.(child(rule, key), home) ?? []);
  return {
    said: written.length > 0,
    matches: (party) => some(blocks, ({ matches }) => matches(party)),
    ranges: blocks.flatMap(({ ranges }) => ranges),
  };
};

const requiresOf = { ingress: 'fromRequires', egress: 'toRequires' } as const;

/**
 * Whoever lacks what is required is kept out, whatever other rules allow. What holds for ends that are no Pods is
 * told in one way and done in another, so that it stays open.
 */
export const readRequires = (rule: Field, home: Home): Test | undefined => {
  const items = itemsOf(child(rule, requiresOf[home.direction])) ?? [];
  if (items.length === 0) return undefined;
  const tests = items.map((item) => asPeer(readEndpointSelector(item, home.world.inventory), home.namespace));
  return (party) => {
    const lacking = not(every(tests, (test) => test(party)));
    return isPod(party) ? lacking : both(lacking, doubt('requires-beyond-endpoints', { end: party.name }));
  };
};
