import type { Packet } from '../../../parse/captures/packet.js';
import type { TracedNode } from './traced-node.js';

/** One sighting of a packet: where, and in which direction it passed. */
export interface Sighting extends Packet {
  readonly node: string;
}

export interface Connection {
  /** The first number of its SYN. No address translation touches it, so it names the connection at every point. */
  readonly isn: number;
  readonly request: readonly Sighting[];
  /** SYN-ACK or RST, at every point. */
  readonly reply: readonly Sighting[];
}

const next = (isn: number) => (isn + 1) % 2 ** 32;

const isReply = ({ flags = '', ack }: Packet, isn: number) =>
  ack === next(isn) && (flags.startsWith('S') || flags.startsWith('R'));

const sightings = (nodes: readonly TracedNode[]): Sighting[] =>
  nodes.flatMap(({ node, packets }) => packets.map((packet) => ({ ...packet, node })));

/** Every connection that somebody opened from one of these addresses, in the order of their first packets. */
export const connectionsOf = (nodes: readonly TracedNode[], sources: readonly string[]): Connection[] => {
  const all = sightings(nodes).filter(({ kind }) => kind === 'tcp');
  const opened = all.filter(({ flags, from }) => flags === 'S' && sources.includes(from?.address ?? ''));
  const numbers = [...new Set(opened.flatMap(({ seq }) => seq ?? []))];
  return numbers.map((isn) => ({
    isn,
    request: all.filter(({ flags, seq }) => flags === 'S' && seq === isn),
    reply: all.filter((packet) => isReply(packet, isn)),
  }));
};

/** What a host on the way, or the end, said in ICMP about packets of these addresses. */
export const refusalsOf = (nodes: readonly TracedNode[], sources: readonly string[]): Sighting[] =>
  sightings(nodes).filter(({ kind, to }) => kind === 'icmp' && sources.includes(to?.address ?? ''));

/** What is worth keeping of a capture: the packets of those connections, and what was said about their addresses. */
export const withoutOthers = (nodes: readonly TracedNode[], sources: readonly string[]): TracedNode[] => {
  const numbers = new Set(connectionsOf(nodes, sources).map(({ isn }) => isn));
  const belongs = ({ kind, flags, seq, ack }: Packet) =>
    kind !== 'tcp' || (flags === 'S' ? numbers.has(seq ?? -1) : numbers.has(((ack ?? 0) + 2 ** 32 - 1) % 2 ** 32));
  return nodes.map((node) => ({ ...node, packets: node.packets.filter(belongs) }));
};
