import type { Range } from '../address/range.js';
import type { Engine } from '../inventory/inventory.js';
import { type Match, type Reason, some } from '../model/match.js';
import { isPod, type Party } from '../model/party.js';
import { child, complain, type Field, isAbsent, itemsOf, knowOnly, objectOf } from '../read/field.js';
import { readSelector, type Select } from '../selector/label-selector.js';
import { blockRemarks, type IpBlock, inBlock, readIpBlock } from './ip-block.js';

export interface Peers {
  readonly matches: (party: Party) => Match;
  readonly remarks: (party: Party) => readonly Reason[];
  readonly ranges: readonly Range[];
}

interface Home {
  readonly namespace: string;
  readonly engine: Engine;
}

/** A namespace selector alone means all Pods there, a Pod selector alone the policy's own namespace, both at once both. */
const selected =
  (namespaces: Select | undefined, pods: Select | undefined, { namespace }: Home) =>
  (party: Party) =>
    isPod(party) &&
    (namespaces ? namespaces(party.namespaceLabels) : party.namespace === namespace) &&
    (!pods || pods(party.labels));

const selectorAt = (field: Field, key: string) => {
  const found = child(field, key);
  return isAbsent(found) ? undefined : readSelector(found);
};

type Peer = { readonly block: IpBlock } | { readonly selects: (party: Party) => boolean };

const check = (field: Field, hasSelector: boolean) => {
  const hasBlock = !isAbsent(child(field, 'ipBlock'));
  if (!hasSelector && !hasBlock) complain(field, 'says nothing: write podSelector, namespaceSelector or ipBlock');
  if (hasSelector && hasBlock)
    complain(child(field, 'ipBlock'), 'stands alone: selectors go into an entry of their own');
};

const readPeer = (field: Field, home: Home): Peer | undefined => {
  objectOf(field);
  knowOnly(field, 'podSelector', 'namespaceSelector', 'ipBlock');
  const [pods, namespaces] = [selectorAt(field, 'podSelector'), selectorAt(field, 'namespaceSelector')];
  const hasSelector = pods !== undefined || namespaces !== undefined;
  check(field, hasSelector);
  const written = child(field, 'ipBlock');
  const block = isAbsent(written) ? undefined : readIpBlock(written);
  if (block) return { block };
  return hasSelector ? { selects: selected(namespaces, pods, home) } : undefined;
};

/** Absent and empty lists mean everybody, addresses outside the cluster included. */
export const readPeers = (field: Field, home: Home): Peers => {
  const items = itemsOf(field) ?? [];
  if (items.length === 0) return { matches: () => true, remarks: () => [], ranges: [] };
  const peers = items.flatMap((item) => readPeer(item, home) ?? []);
  const blocks = peers.flatMap((peer) => ('block' in peer ? peer.block : []));
  const selectors = peers.flatMap((peer) => ('selects' in peer ? peer.selects : []));
  return {
    matches: (party) =>
      selectors.some((selects) => selects(party)) || some(blocks, (block) => inBlock(block, party, home.engine)),
    remarks: (party) => (selectors.some((selects) => selects(party)) ? [] : blockRemarks(party)),
    ranges: blocks.flatMap(({ range, except }) => [range, ...except]),
  };
};
