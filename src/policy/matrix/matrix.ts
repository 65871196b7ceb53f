import type { Loaded } from '../load.js';
import type { PortSet } from '../ports/port-set.js';
import { type WrittenPorts, writePorts } from '../ports/write-ports.js';
import { type Allowed, connections } from './connections.js';
import { mergeOutside } from './merge-outside.js';
import { cutOf, insidePeers, outsidePeers } from './peers.js';

export interface Connection extends WrittenPorts {
  readonly from: string;
  readonly to: string;
}

export interface Matrix {
  /** Whoever may be an end, also if nothing is allowed. */
  readonly peers: readonly string[];
  readonly connections: readonly Connection[];
  /** Pairs of which something cannot be known. */
  readonly open: readonly { readonly from: string; readonly to: string }[];
}

const writtenOnce = () => {
  const known = new Map<PortSet, WrittenPorts[]>();
  return (ports: PortSet): WrittenPorts[] => {
    const written = known.get(ports) ?? writePorts(ports);
    known.set(ports, written);
    return written;
  };
};

export const written = (allowed: readonly Allowed[]): Connection[] => {
  const write = writtenOnce();
  return allowed.flatMap(({ from, to, ports }) =>
    write(ports).map(({ protocol, ports: text }) => ({ from: from.name, to: to.name, protocol, ports: text })),
  );
};

/** Everything that is allowed, from whomever to whomever. */
export const matrix = (loaded: Loaded): Matrix => {
  const outside = mergeOutside(loaded, outsidePeers(cutOf(loaded)));
  const peers = [...insidePeers(loaded), ...outside];
  const allowed = connections(loaded, peers);
  return {
    peers: peers.map(({ name }) => name),
    connections: written(allowed),
    open: allowed.filter(({ open }) => open).map(({ from, to }) => ({ from: from.name, to: to.name })),
  };
};
