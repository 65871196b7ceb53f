import { covers, type Range, rangeOf, readCidr } from '../address/range.js';
import type { Inventory } from '../inventory/inventory.js';
import { doubt, type Match, type Reason, some } from '../model/match.js';
import { isPod, type Party } from '../model/party.js';
import type { Action, Direction } from '../model/policy.js';
import { child, complain, type Field, isAbsent, itemsOf, objectOf, textOf } from '../read/field.js';
import { readSelector } from '../selector/label-selector.js';
import { readPodsOf } from './subject.js';

type Test = (party: Party) => Match;

export interface Peers {
  readonly matches: Test;
  readonly remarks: (party: Party) => readonly Reason[];
  readonly ranges: readonly Range[];
  /** Whether a peer is of a kind that this version of the API does not have: such a rule fails closed. */
  readonly unknown: boolean;
}

interface Peer {
  readonly matches: Test;
  readonly ranges: readonly Range[];
}

export interface Home {
  readonly direction: Direction;
  readonly action: Action;
  readonly inventory: Inventory;
}

const readNetworks = (field: Field): Peer => {
  const ranges = (itemsOf(field) ?? []).flatMap((item) => {
    const cidr = readCidr(textOf(item) ?? '');
    if (!cidr) complain(item, `"${item.value}" is no CIDR, for example 192.0.2.0/24 or 2001:db8::/64`);
    return cidr ? [cidr.range] : [];
  });
  const matches: Test = ({ address, name }) =>
    address ? ranges.some((range) => covers(range, address)) : doubt('address-unknown', { end: name });
  return { matches, ranges };
};

/** Nodes are their addresses, so that an address which is one of theirs is a node, too. */
const readNodes = (field: Field, { nodes, nodesUnread }: Inventory): Peer => {
  const selects = readSelector(field);
  const ranges = nodes.filter(({ party }) => selects(party.labels)).flatMap(({ addresses }) => addresses.map(rangeOf));
  const matches: Test = (party) => {
    const { kind, labels, labelsUnknown, address, hostNetwork, name } = party;
    if (kind === 'node') return labelsUnknown ? doubt('node-labels-unknown', { end: name }) : selects(labels);
    if (nodesUnread && !isPod(party)) return doubt('nodes-unread');
    if (address) return ranges.some((range) => covers(range, address));
    return hostNetwork && doubt('address-unknown', { end: name });
  };
  return { matches, ranges };
};

const domain = /^(\*\.)?([a-z0-9]([\w-]*[a-z0-9])?\.)+[a-z0-9]([\w-]*[a-z0-9])?\.?$/i;

/** Names are looked up while traffic flows: any address may turn out to be theirs. */
const readDomains = (field: Field, { action }: Home): Peer => {
  const names = (itemsOf(field) ?? []).map((item) => {
    const name = textOf(item) ?? '';
    if (!domain.test(name)) complain(item, `"${name}" is no domain name; * may stand in front only`);
    return name;
  });
  if (action !== 'allow') complain(field, 'domain names go with a rule that allows');
  return { matches: (party) => !isPod(party) && doubt('domain-name', { names: names.join(', ') }), ranges: [] };
};

const egressOnly = ['networks', 'nodes', 'domainNames'] as const;

const readEgressPeer = (field: Field, home: Home): Peer | undefined => {
  const [networks, nodes, domains] = egressOnly.map((key) => child(field, key));
  if (networks && !isAbsent(networks)) return readNetworks(networks);
  if (nodes && !isAbsent(nodes)) return readNodes(nodes, home.inventory);
  return domains && !isAbsent(domains) ? readDomains(domains, home) : undefined;
};

const readPeer = (field: Field, home: Home): Peer | undefined => {
  const keys = Object.keys(objectOf(field) ?? {});
  if (keys.length > 1) complain(field, `one kind of peer per entry, not ${keys.join(' and ')}`);
  const pods = readPodsOf(field);
  if (pods) return { matches: pods, ranges: [] };
  const found = readEgressPeer(field, home);
  if (found && home.direction === 'ingress') complain(field, `${keys[0]} goes with egress only`);
  return found;
};

export const readPeers = (field: Field, home: Home): Peers => {
  const items = itemsOf(field) ?? [];
  if (items.length === 0) complain(field, 'at least one peer is required');
  const read = items.map((item) => readPeer(item, home));
  const peers = read.flatMap((peer) => peer ?? []);
  return {
    matches: (party) => some(peers, ({ matches }) => matches(party)),
    remarks: () => [],
    ranges: peers.flatMap(({ ranges }) => ranges),
    unknown: peers.length < read.length,
  };
};
