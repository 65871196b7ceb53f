import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import type { FlowPod } from '../../domain/flow-pods.js';
import { ifReadable } from '../../domain/if-readable.js';
import { longestRoute } from '../../domain/longest-route.js';
import type { RunPort } from '../../domain/ports.js';
import type { Link } from '../../parse/links/link.js';
import type { PodNetwork } from '../../parse/links/pod-network.js';
import { routeToSchema } from '../../parse/links/route-to.js';
import { ipLinks } from '../links/ip-links.js';
import { ownNetwork } from '../links/own-network.js';
import { podNetwork } from '../links/pod-network.js';
import { podNetworkNamespace } from '../links/pod-network-namespace.js';
import { routeTo } from '../links/route-to.js';
import { readable } from './readable-rows.js';

const endSchema = z.strictObject({ name: z.string(), up: z.boolean(), carrier: z.boolean() });

/** The two ends of the device of one Pod, and what lies around each. */
export const podDeviceViewSchema = z.strictObject({
  /** The device with the address of the Pod; absent where none of its devices has it. */
  device: z.strictObject({ ...endSchema.shape, kind: z.string(), peer: z.int().optional() }).optional(),
  /** Its other end on the Node. */
  end: z
    .strictObject({ ...endSchema.shape, master: z.string().optional(), isolated: z.boolean().optional() })
    .optional(),
  /** The way of the Node to the Pod, and whether it leads over a bridge. */
  way: routeToSchema,
  bridged: z.boolean(),
  /** Addresses of the flow that no route of the Pod covers. */
  lost: z.array(z.string()),
  gateway: z
    .strictObject({ address: z.string(), state: z.string(), mac: z.string().optional(), known: z.boolean() })
    .optional(),
});
export type PodDeviceView = z.infer<typeof podDeviceViewSchema>;

type Node = RunPort<typeof ipLinks | typeof routeTo | typeof podNetwork | typeof podNetworkNamespace>;
export interface Doors {
  readonly node: Node;
  readonly pod: RunPort<typeof ownNetwork>;
}

const fromNode = async (node: Node, { container }: FlowPod) => {
  const { pid } = container ? await node.run(podNetworkNamespace, { container }) : {};
  return pid === undefined ? undefined : await node.run(podNetwork, { pid });
};

/** By the Node, which needs nothing in the Pod; else by whatever tools the Pod has. */
const networkOf = async ({ node, pod }: Doors, place: FlowPod): Promise<PodNetwork> => {
  const seen = await ifReadable(fromNode(node, place));
  return seen?.links.understood ? seen : await pod.run(ownNetwork, {});
};

const endOf = ({ name, up, carrier }: Link) => ({ name, up, carrier });

const portOf = ({ master, isolated }: Link) => ({
  ...(master === undefined ? {} : { master }),
  ...(isolated === true ? { isolated } : {}),
});

const isBridge = (links: readonly Link[], dev: string) =>
  links.some(({ name, kind, master }) => (name === dev && kind === 'bridge') || master === dev);

const gatewayOf = (network: PodNetwork, address: string | undefined, host: readonly Link[]) => {
  if (address === undefined) return {};
  const neighbour = network.neighbours.rows.find((one) => one.address === address);
  const mac = neighbour?.mac;
  // Only where the gateway is an address of the Node its hardware address has to be one, too.
  const isOwn = host.some(({ addresses }) => addresses.some((one) => one.address === address));
  const known = !isOwn || mac === undefined || host.some((link) => link.mac === mac);
  return { gateway: { address, state: neighbour?.state ?? '', ...(mac === undefined ? {} : { mac }), known } };
};

export interface Asked {
  readonly place: FlowPod;
  /** What the flow sends from this Pod to. */
  readonly targets: readonly string[];
}

export const podDeviceView = async (doors: Doors, { place, targets }: Asked): Promise<PodDeviceView> => {
  const [host, way, network] = await Promise.all([
    doors.node.run(ipLinks, {}).then((said) => readable(said, 'The network devices')),
    doors.node.run(routeTo, { address: place.address }),
    networkOf(doors, place),
  ]);
  const links = readable(network.links, 'The network devices of the Pod');
  const routes = readable(network.routes, 'The routes of the Pod');
  if (way.class === 'not-understood') throw new CannotLook('lost', way.message);
  const device = links.find(({ addresses }) => addresses.some(({ address }) => address === place.address));
  const end = host.find(({ index }) => index === device?.peer);
  const gateway = targets.flatMap((target) => longestRoute(routes, target)?.gateway ?? [])[0];
  return {
    ...(device
      ? { device: { ...endOf(device), kind: device.kind, ...(device.peer === undefined ? {} : { peer: device.peer }) } }
      : {}),
    ...(end ? { end: { ...endOf(end), ...portOf(end) } } : {}),
    way,
    bridged: isBridge(host, way.route?.dev ?? ''),
    lost: targets.filter((target) => longestRoute(routes, target) === undefined),
    ...gatewayOf(network, gateway, host),
  };
};
