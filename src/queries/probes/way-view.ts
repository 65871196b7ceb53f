import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import type { RunPort } from '../../domain/ports.js';
import { overlap } from '../../domain/ranges.js';
import { type RouteTo, routeToSchema } from '../../parse/links/route-to.js';
import { forwardedRoute } from '../links/forwarded-route.js';
import { ipLinks } from '../links/ip-links.js';
import { ipRoutes } from '../links/ip-routes.js';
import { routeTo } from '../links/route-to.js';
import type { Start } from './first-packet.js';
import { readable } from './readable-rows.js';

export const wayQueries = [routeTo, forwardedRoute, ipLinks, ipRoutes] as const;

/** How one node sends to one address. */
export const wayViewSchema = z.strictObject({
  /** Of its own packets. */
  own: routeToSchema,
  /** Of packets that the Pod of the flow hands to it. */
  forwarded: routeToSchema.optional(),
  /** Devices by which it reaches Pods, its own and others. */
  podDevices: z.array(z.string()),
  /** Devices that default routes leave by, or that have an address of the node. */
  uplinks: z.array(z.string()),
  bridges: z.array(z.string()),
});
export type WayView = z.infer<typeof wayViewSchema>;

type Node = RunPort<(typeof wayQueries)[number]>;

interface Asked {
  readonly to: string;
  /** The Pod that is on this node, if the flow starts in one. */
  readonly pod?: Pick<Start, 'address'> | undefined;
  readonly podRanges: readonly string[];
  readonly nodeAddresses: readonly string[];
}

const spoken = (said: RouteTo): RouteTo => {
  if (said.class === 'not-understood') throw new CannotLook('lost', said.message);
  return said;
};

const forPod = async (node: Node, to: string, pod: Asked['pod']) => {
  if (!pod) return undefined;
  const device = (await node.run(routeTo, { address: pod.address })).route?.dev;
  return device ? spoken(await node.run(forwardedRoute, { address: to, source: pod.address, device })) : undefined;
};

/** Asks the kernel: a table alone would leave rules out. */
export const wayView = async (node: Node, { to, pod, podRanges, nodeAddresses }: Asked): Promise<WayView> => {
  const [own, forwarded, devices, table] = await Promise.all([
    node.run(routeTo, { address: to }).then(spoken),
    forPod(node, to, pod),
    node.run(ipLinks, {}).then((said) => readable(said, 'The network devices')),
    node.run(ipRoutes, {}).then((said) => readable(said, 'The routes')),
  ]);
  const routes = table.filter(({ table: name }) => name !== 'local');
  const isDefault = (to: string) => to === 'default' || to === '0.0.0.0/0' || to === '::/0';
  const toPods = routes.filter((route) => !isDefault(route.to) && podRanges.some((range) => overlap(range, route.to)));
  const named = devices.filter(({ addresses }) => addresses.some(({ address }) => nodeAddresses.includes(address)));
  const uplinks = [
    ...routes.filter((route) => isDefault(route.to)).map(({ dev }) => dev),
    ...named.map(({ name }) => name),
  ];
  return {
    own,
    ...(forwarded && { forwarded }),
    podDevices: [...new Set(toPods.map(({ dev }) => dev))].filter((dev) => !uplinks.includes(dev)),
    uplinks: [...new Set(uplinks)],
    bridges: devices.filter(({ kind }) => kind === 'bridge').map(({ name }) => name),
  };
};
