import { readAddress } from '../address/address.js';
import { readCidr } from '../address/range.js';
import { type Endpoint, partiesOf } from '../inventory/endpoint.js';
import type { Inventory } from '../inventory/inventory.js';
import { type Reason, reason } from '../model/match.js';
import type { Party } from '../model/party.js';
import type { Model } from '../model/policy.js';
import { anyNamed, nodeNamed, podNamed, workloadNamed } from './find-endpoints.js';
import { everywhere, outsideIn, partiesAt, someNode } from './outside.js';
import { NoSuchEnd } from './targets.js';
import type { PolicyEnd } from './written-end.js';

/** Whoever an end stands for: each with all its addresses. */
export interface Found {
  readonly parties: readonly (readonly Party[])[];
  /** The same, where they are objects: their ports have names. */
  readonly endpoints: readonly Endpoint[];
  readonly doubts: readonly Reason[];
}

const ofEndpoints = (endpoints: readonly Endpoint[]): Found => ({
  parties: endpoints.filter(({ finished }) => !finished).map(partiesOf),
  endpoints,
  doubts: endpoints.filter(({ finished }) => finished).map(({ party }) => reason('finished', { end: party.name })),
});

const ofParties = (parties: readonly Party[], ...doubts: Reason[]): Found => ({
  parties: parties.map((party) => [party]),
  endpoints: [],
  doubts,
});

const atAddress = (text: string, inventory: Inventory): Found => {
  const address = readAddress(text);
  if (!address) throw new NoSuchEnd(`"${text}" is no address.`);
  return ofParties(partiesAt(address, inventory));
};

const inCidr = (text: string, model: Model): Found => {
  const cidr = readCidr(text);
  if (!cidr) throw new NoSuchEnd(`"${text}" is no CIDR.`);
  return ofParties(outsideIn(cidr.range, model));
};

interface World {
  readonly inventory: Inventory;
  readonly model: Model;
}

type Plain = Exclude<PolicyEnd, { kind: 'service' | 'ingress' }>;
type Named = Extract<Plain, { kind: 'pod' | 'workload' | 'named' | 'node' }>;

const isNamed = (end: Plain): end is Named => ['pod', 'workload', 'named', 'node'].includes(end.kind);

const objects = (end: Named, inventory: Inventory): Endpoint[] => {
  if (end.kind === 'pod') return [podNamed(inventory, end)];
  if (end.kind === 'node') return [nodeNamed(inventory, end.name)];
  return end.kind === 'workload' ? workloadNamed(inventory, end, end.of) : anyNamed(inventory, end, end.of);
};

/** The ends that are neither a Service nor something in front of one. */
export const endpointsAt = (end: Plain, { inventory, model }: World): Found => {
  if (end.kind === 'node' && inventory.nodesUnread)
    return ofParties([someNode(`node/${end.name}`, { node: end.name })]);
  if (isNamed(end)) return ofEndpoints(objects(end, inventory));
  if (end.kind === 'control-plane') return ofParties([someNode('control-plane')]);
  if (end.kind === 'cidr') return inCidr(end.cidr, model);
  // Whatever the addresses of a name turn out to be: one answer for all of them is an answer.
  return 'address' in end && end.address !== undefined
    ? atAddress(end.address, inventory)
    : ofParties(everywhere(inventory, model));
};
