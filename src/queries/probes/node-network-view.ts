import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { ifReadable } from '../../domain/if-readable.js';
import type { RunPort } from '../../domain/ports.js';
import { cniConfigSchema } from '../../parse/links/cni-config.js';
import { flannelSubnetSchema } from '../../parse/links/flannel-subnet.js';
import type { Link } from '../../parse/links/link.js';
import { addressReservations } from '../links/address-reservations.js';
import { cniConfig } from '../links/cni-config.js';
import { flannelSubnet } from '../links/flannel-subnet.js';
import { ipLinks } from '../links/ip-links.js';
import { readable } from './readable-rows.js';

/** What a Node has to give Pods their network with. */
export const nodeNetworkViewSchema = z.strictObject({
  config: cniConfigSchema,
  lease: flannelSubnetSchema,
  /** Addresses of the bridge of Pods; absent where there is none yet. */
  bridge: z.array(z.string()).optional(),
  /** Devices of Pods on that bridge. */
  ports: z.int(),
  /** Of the network with most reservations; absent where they cannot be read. */
  reserved: z.int().optional(),
});
export type NodeNetworkView = z.infer<typeof nodeNetworkViewSchema>;

type Node = RunPort<typeof cniConfig | typeof flannelSubnet | typeof ipLinks | typeof addressReservations>;

// As the bridge plugin is called by flannel and by kubenet before it.
const bridges = ['cni0', 'cbr0'];

const bridgeOf = (links: readonly Link[]) => {
  const found = links.find(({ name }) => bridges.includes(name));
  const addresses = found?.addresses.map(({ address, prefix }) => `${address}/${prefix}`);
  return {
    ...(addresses ? { bridge: addresses.filter((address) => !address.startsWith('fe80:')) } : {}),
    ports: links.filter(({ master }) => found !== undefined && master === found.name).length,
  };
};

export const nodeNetworkView = async (node: Node): Promise<NodeNetworkView> => {
  const [config, lease, links, reservations] = await Promise.all([
    node.run(cniConfig, {}),
    node.run(flannelSubnet, {}),
    node.run(ipLinks, {}).then((said) => readable(said, 'The network devices')),
    ifReadable(node.run(addressReservations, {})),
  ]);
  if (!config.complete) throw new CannotLook('lost', 'The CNI files of the node could not be listed.');
  const most = reservations?.complete
    ? Math.max(0, ...reservations.networks.map(({ addresses }) => addresses))
    : undefined;
  return { config, lease, ...bridgeOf(links), ...(most === undefined ? {} : { reserved: most }) };
};
