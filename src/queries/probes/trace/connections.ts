import type { Packet } from '../../../parse/captures/packet.js';
import type { TracedNode, TracedPod } from './traced-node.js';

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
  /** The same in the networks of the Pods at both ends. */
  readonly inside: readonly Inside[];
}

/** What passed in one Pod of a connection. */
export interface Inside {
  readonly pod: TracedPod;
  readonly request: readonly Packet[];
  readonly reply: readonly Packet[];
}

const next = (isn: number) => (isn + 1) % 2 ** 32;

const isReply = ({ flags = '', ack }: Packet, isn: number) =>
  ack === next(isn) && (flags.startsWith('S') || flags.startsWith('R'));

const sightings = (nodes: readonly TracedNode[]): Sighting[] =>
  nodes.flatMap(({ node, packets }) => packets.map((packet) => ({ ...packet, node })));

const isRequest = ({ kind, flags, seq }: Packet, isn: number) => kind === 'tcp' && flags === 'S' && seq === isn;

/** Every connection that somebody opened from one of these addresses, in the order of their first packets. */
export const connectionsOf = (
  nodes: readonly TracedNode[],
  sources: readonly string[],
  pods: readonly TracedPod[] = [],
): Connection[] => {
  const all = sightings(nodes).filter(({ kind }) => kind === 'tcp');
  const everywhere = [...pods.flatMap(({ packets }) => packets.filter(({ kind }) => kind === 'tcp')), ...all];
  const opened = everywhere.filter(({ flags, from }) => flags === 'S' && sources.includes(from?.address ?? ''));
  const numbers = [...new Set(opened.flatMap(({ seq }) => seq ?? []))];
  return numbers.map((isn) => ({
    isn,
    request: all.filter((packet) => isRequest(packet, isn)),
    reply: all.filter((packet) => isReply(packet, isn)),
    inside: pods.map((pod) => ({
      pod,
      request: pod.packets.filter((packet) => isRequest(packet, isn)),
      reply: pod.packets.filter((packet) => isReply(packet, isn)),
    })),
  }));
};

/** What a host on the way, or the end, said in ICMP about packets of these addresses. */
export const refusalsOf = (nodes: readonly TracedNode[], sources: readonly string[]): Sighting[] =>
  sightings(nodes).filter(({ kind, to }) => kind === 'icmp' && sources.includes(to?.address ?? ''));

/** What is worth keeping of a capture: the packets of those connections, and what was said about their addresses. */
export const withoutOthers = <T extends TracedNode | TracedPod>(
  places: readonly T[],
  {
    sources,
    seen,
    inside = [],
  }: { sources: readonly string[]; seen: readonly TracedNode[]; inside?: readonly TracedPod[] },
): T[] => {
  const numbers = new Set(connectionsOf(seen, sources, inside).map(({ isn }) => isn));
  const belongs = ({ kind, flags, seq, ack }: Packet) =>
    kind !== 'tcp' || (flags === 'S' ? numbers.has(seq ?? -1) : numbers.has(((ack ?? 0) + 2 ** 32 - 1) % 2 ** 32));
  return places.map((place) => ({ ...place, packets: place.packets.filter(belongs) }));
};
