import { ifReadable } from '../../domain/if-readable.js';
import type { RunPort } from '../../domain/ports.js';
import { addressNeighbour } from '../rules/address-neighbour.js';
import { bridgeMembers } from '../rules/bridge-members.js';
import { bridgePorts } from '../rules/bridge-ports.js';

export const bridgeQueries = [addressNeighbour, bridgeMembers, bridgePorts] as const;
type Node = RunPort<(typeof bridgeQueries)[number]>;

export interface PodPort {
  /** Whether the interface towards the Pod is a bridge; a routed plugin has none. */
  readonly bridged: boolean;
  /** The port of the Pod; empty where it could not be found. */
  readonly port: string;
  readonly hairpin: boolean | undefined;
}

/** The port of a Pod on the bridge of its node, by its hardware address. */
export const bridgeOfPod = async (node: Node, device: string, address: string): Promise<PodPort> => {
  const ports = await node.run(bridgePorts, {});
  const own = ports.rows.filter(({ master }) => master === device);
  if (own.length === 0) return { bridged: false, port: '', hairpin: undefined };
  const [neighbours, members] = await Promise.all([
    ifReadable(node.run(addressNeighbour, { address })),
    ifReadable(node.run(bridgeMembers, { bridge: device })),
  ]);
  const mac = neighbours?.rows.find(({ dst }) => dst === address)?.lladdr;
  const port = members?.rows.find((member) => mac !== undefined && member.mac === mac)?.ifname ?? '';
  return { bridged: true, port, hairpin: own.find(({ ifname }) => ifname === port)?.hairpin };
};
