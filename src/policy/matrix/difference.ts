import type { Loaded } from '../load.js';
import { isEmpty, noPorts, type PortSet, withoutPorts } from '../ports/port-set.js';
import { type Allowed, connections } from './connections.js';
import { type Connection, written } from './matrix.js';
import { bothCuts, type Cut, cutOf, insidePeers, outsidePeers } from './peers.js';

export interface Difference {
  readonly appeared: readonly Connection[];
  readonly vanished: readonly Connection[];
  /** Pairs of which something cannot be known, now or then. */
  readonly open: readonly { readonly from: string; readonly to: string }[];
}

const keyOf = ({ from, to }: Allowed) => `${from.name} ${to.name}`;

const within = (loaded: Loaded, cut: Cut) => connections(loaded, [...insidePeers(loaded), ...outsidePeers(cut)]);

const beyond = (some: readonly Allowed[], others: readonly Allowed[]): Allowed[] => {
  const known = new Map<string, PortSet>(others.map((one) => [keyOf(one), one.ports]));
  // What may have been there all the time has not appeared.
  const unsure = new Set(others.filter(({ open }) => open).map(keyOf));
  return some
    .filter((one) => !unsure.has(keyOf(one)))
    .map((one) => ({ ...one, ports: withoutPorts(one.ports, known.get(keyOf(one)) ?? noPorts) }))
    .filter(({ ports }) => !isEmpty(ports));
};

const openIn = (all: readonly Allowed[]) => {
  const open = new Map(all.filter((one) => one.open).map((one) => [keyOf(one), one]));
  return [...open.values()].map(({ from, to }) => ({ from: from.name, to: to.name }));
};

/** What `after` allows for sure and `before` did not, and the other way round. The space outside is cut alike in both. */
export const difference = (before: Loaded, after: Loaded): Difference => {
  const cut = bothCuts(cutOf(before), cutOf(after));
  const [then, now] = [within(before, cut), within(after, cut)];
  return {
    appeared: written(beyond(now, then)),
    vanished: written(beyond(then, now)),
    open: openIn([...then, ...now]),
  };
};
