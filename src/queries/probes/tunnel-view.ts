import { z } from 'zod';
import { type FlannelLease, isSix } from '../../domain/flannel-lease.js';
import { ifReadable } from '../../domain/if-readable.js';
import type { RunPort } from '../../domain/ports.js';
import type { ForwardingEntry } from '../../parse/links/forwarding-entries.js';
import type { Link } from '../../parse/links/link.js';
import type { Neighbour } from '../../parse/links/neighbours.js';
import { isFlannels } from '../../parse/links/tunnel-kinds.js';
import { bridgeFdb } from '../links/bridge-fdb.js';
import { ipLinks } from '../links/ip-links.js';
import { ipNeighbours } from '../links/ip-neighbours.js';
import { readable } from './readable-rows.js';

export const tunnelViewSchema = z.strictObject({
  /** Absent where flannel has no VXLAN device on this Node. */
  tunnel: z
    .strictObject({
      name: z.string(),
      up: z.boolean(),
      mac: z.string(),
      id: z.int().optional(),
      port: z.int().optional(),
    })
    .optional(),
  addresses: z.array(z.string()),
  /** What the tunnel would do with a packet for each of the other Nodes. */
  peers: z.array(
    z.strictObject({
      node: z.string(),
      mac: z.string().optional(),
      state: z.string(),
      /** Hosts behind that hardware address; absent where the table could not be read. */
      hosts: z.array(z.string()).optional(),
    }),
  ),
});
export type TunnelView = z.infer<typeof tunnelViewSchema>;

type Node = RunPort<typeof ipLinks | typeof ipNeighbours | typeof bridgeFdb>;

// flannel names it after its VNI; the one for Pods with IPv6 is "flannel-v6.1".
const carrierIn = (links: readonly Link[], six: boolean) =>
  links.find(({ name }) => isFlannels(name) && name.startsWith('flannel-v6') === six);

const tunnelOf = (link: Link | undefined): Pick<TunnelView, 'tunnel'> => {
  if (!link) return {};
  const { name, up, mac, tunnel: { id, port } = {} } = link;
  return {
    tunnel: { name, up, mac, ...(id === undefined ? {} : { id }), ...(port === undefined ? {} : { port }) },
  };
};

// The first address of the range of a Node stands for its end of the tunnel.
const endOf = ({ ranges }: FlannelLease) => ranges[0]?.split('/')[0];

interface Tables {
  readonly device: string | undefined;
  readonly neighbours: readonly Neighbour[];
  readonly entries: readonly ForwardingEntry[] | undefined;
}

const peerIn = ({ device, neighbours, entries }: Tables, lease: FlannelLease): TunnelView['peers'][number] => {
  const end = endOf(lease);
  const neighbour = neighbours.find(({ address, dev }) => address === end && dev === device);
  const behind = entries?.filter(({ mac, dev }) => dev === device && mac === neighbour?.mac);
  return {
    node: lease.node,
    ...(neighbour?.mac === undefined ? {} : { mac: neighbour.mac }),
    state: neighbour?.state ?? '',
    ...(behind === undefined ? {} : { hosts: behind.flatMap(({ to }) => to ?? []) }),
  };
};

/** What one Node knows of the tunnel ends of the others, without the entries of Nodes that nobody asked about. */
export const tunnelView = async (
  node: Node,
  { self, leases }: { self: string; leases: readonly FlannelLease[] },
): Promise<TunnelView> => {
  const [links, neighbours, entries] = await Promise.all([
    node.run(ipLinks, {}).then((said) => readable(said, 'The network devices')),
    node.run(ipNeighbours, {}).then((said) => readable(said, 'The neighbours')),
    ifReadable(node.run(bridgeFdb, {}).then((said) => readable(said, 'The forwarding entries'))),
  ]);
  const carrier = carrierIn(links, leases.some(isSix));
  return {
    ...tunnelOf(carrier),
    addresses: links.flatMap(({ addresses }) => addresses.map(({ address }) => address)),
    peers: leases
      .filter(({ node: name, backend }) => name !== self && backend === 'vxlan')
      .map((lease) => peerIn({ device: carrier?.name, neighbours, entries }, lease)),
  };
};
