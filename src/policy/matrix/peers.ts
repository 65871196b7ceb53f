import type { Family } from '../address/address.js';
import { cells } from '../address/cells.js';
import type { Range } from '../address/range.js';
import { families, outsiders } from '../ends/outside.js';
import { partiesOf } from '../inventory/endpoint.js';
import type { Loaded } from '../load.js';
import type { Party } from '../model/party.js';

/** A row and a column of a matrix: somebody in the cluster, or a range of addresses outside. */
export interface Peer {
  readonly name: string;
  /** One for each address. */
  readonly parties: readonly Party[];
  /** Absent for whoever is in the cluster. */
  readonly range: Range | undefined;
}

/** How the space outside is cut. Two matrices that are compared have to be cut alike. */
export interface Cut {
  readonly families: readonly Family[];
  readonly ranges: readonly Range[];
}

export const cutOf = ({ inventory, model }: Loaded): Cut => ({
  families: families(inventory, model),
  ranges: model.policies.flatMap(({ ranges }) => ranges),
});

export const bothCuts = (one: Cut, other: Cut): Cut => ({
  families: [...new Set([...one.families, ...other.families])].sort((a, b) => a - b),
  ranges: [...one.ranges, ...other.ranges],
});

export const outsidePeers = ({ families: spoken, ranges }: Cut): Peer[] =>
  spoken
    .flatMap((family) => cells(family, ranges))
    .map((range) => ({ name: outsiders(range).name, parties: [outsiders(range)], range }));

/** Pods that have ended connect to nobody. */
export const insidePeers = ({ inventory: { pods, workloads } }: Loaded): Peer[] =>
  [...pods, ...workloads]
    .filter(({ finished }) => !finished)
    .map((endpoint) => ({ name: endpoint.party.name, parties: partiesOf(endpoint), range: undefined }));
