import type { Address } from '../address/address.js';
import { cells } from '../address/cells.js';
import { everything, isWithin, type Range, rangeOf, writeRange } from '../address/range.js';
import type { Inventory } from '../inventory/inventory.js';
import type { Party } from '../model/party.js';
import type { Model } from '../model/policy.js';

const nobody = {
  namespace: '',
  labels: {},
  namespaceLabels: {},
  serviceAccount: '',
  hostNetwork: false,
  node: '',
  declared: [],
} as const;

/** Addresses that belong to nothing in the cluster; the rules tell none of them from another. */
export const outsiders = (range: Range): Party => ({
  ...nobody,
  kind: 'outside',
  name: writeRange(range),
  address: { family: range.family, value: range.first },
});

/** Somebody in the network of a node, of whom little else is known: which node, what address. */
export const someNode = (name: string, { node = '', address }: { node?: string; address?: Address } = {}): Party => ({
  ...nobody,
  kind: 'node',
  name,
  labelsUnknown: true,
  hostNetwork: true,
  node,
  address,
});

const has = (addresses: readonly Address[], { family, value }: Address) =>
  addresses.some((one) => one.family === family && one.value === value);

/** Whoever has this address: a Pod, a node, or somebody outside; where nodes were not read, either of the last two. */
export const partiesAt = (address: Address, { pods, nodes, nodesUnread }: Inventory): Party[] => {
  const found =
    pods.find(({ party, addresses, finished }) => !finished && !party.hostNetwork && has(addresses, address)) ??
    nodes.find(({ addresses }) => has(addresses, address));
  if (found) return [{ ...found.party, address }];
  const outside = outsiders(rangeOf(address));
  return nodesUnread ? [outside, someNode(`${outside.name}[Node]`, { address })] : [outside];
};

/** The part of the address space that lies in `within`, cut where some policy cuts it. */
export const outsideIn = (within: Range, { policies }: Model): Party[] => {
  const ranges = policies.flatMap((policy) => policy.ranges);
  return cells(within.family, [...ranges, within])
    .filter((cell) => isWithin(cell, within))
    .map(outsiders);
};

/** Whether anything in the cluster speaks IPv6. */
export const families = ({ pods, nodes, nodesUnread }: Inventory, { policies }: Model) => {
  const unheard = nodesUnread === true && [...pods, ...nodes].every(({ addresses }) => addresses.length === 0);
  const six =
    unheard ||
    [...pods, ...nodes].some(({ addresses }) => addresses.some(({ family }) => family === 6)) ||
    policies.some(({ ranges }) => ranges.some(({ family }) => family === 6));
  const four =
    !six ||
    [...pods, ...nodes].every(({ addresses }) => addresses.length === 0) ||
    [...pods, ...nodes].some(({ addresses }) => addresses.some(({ family }) => family === 4));
  return [...(four ? ([4] as const) : []), ...(six ? ([6] as const) : [])];
};

export const everywhere = (inventory: Inventory, model: Model): Party[] =>
  families(inventory, model).flatMap((family) => outsideIn(everything(family), model));
