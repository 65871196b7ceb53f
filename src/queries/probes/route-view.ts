import { z } from 'zod';
import type { FlannelLease } from '../../domain/flannel-lease.js';
import type { FlowPod } from '../../domain/flow-pods.js';
import type { RunPort } from '../../domain/ports.js';
import { holds } from '../../domain/ranges.js';
import { routeToSchema } from '../../parse/links/route-to.js';
import type { Route } from '../../parse/links/routes.js';
import { isFlannels, isTunnel } from '../../parse/links/tunnel-kinds.js';
import { ipLinks } from '../links/ip-links.js';
import { ipRoutes } from '../links/ip-routes.js';
import { routeTo } from '../links/route-to.js';
import { readable } from './readable-rows.js';

const waySchema = z.strictObject({ node: z.string(), address: z.string(), way: routeToSchema });
export type Way = z.infer<typeof waySchema>;

/** Which ways a Node would take, so far as they matter to the flow. */
export const routeViewSchema = z.strictObject({
  addresses: z.array(z.string()),
  /** Names of the devices that wrap packets for another host. */
  tunnels: z.array(z.string()),
  toPods: z.array(waySchema),
  toNodes: z.array(waySchema),
  defaults: z.array(z.strictObject({ gateway: z.string(), dev: z.string() })),
  /** Other Nodes for whose Pods it has a route of their own. */
  known: z.array(z.string()),
});
export type RouteView = z.infer<typeof routeViewSchema>;

type Node = RunPort<typeof ipLinks | typeof ipRoutes | typeof routeTo>;

interface Asked {
  readonly self: string;
  readonly pods: readonly FlowPod[];
  readonly leases: readonly FlannelLease[];
}

const isDefault = ({ to }: Route) => ['default', '0.0.0.0/0', '::/0'].includes(to);
const ownTables = (routes: readonly Route[]) => routes.filter(({ table }) => table !== 'local');

const hasRouteFor = (routes: readonly Route[], { ranges }: FlannelLease) =>
  ownTables(routes).some((route) => !isDefault(route) && ranges.some((range) => holds(route.to, range)));

/** Asks the kernel for the way to each Pod of the flow and to their Nodes; a table alone would leave rules out. */
export const routeView = async (node: Node, { self, pods, leases }: Asked): Promise<RouteView> => {
  const ask = async (place: { node: string; address: string }): Promise<Way> => ({
    node: place.node,
    address: place.address,
    way: await node.run(routeTo, { address: place.address }),
  });
  const others = leases.filter((lease) => lease.node !== self);
  const nodes = others.flatMap(({ node: name, addresses: [address] }) => (address ? [{ node: name, address }] : []));
  const [links, routes, toPods, toNodes] = await Promise.all([
    node.run(ipLinks, {}).then((said) => readable(said, 'The network devices')),
    node.run(ipRoutes, {}).then((said) => readable(said, 'The routes')),
    Promise.all(pods.filter(({ host, address }) => !host && address !== '').map(ask)),
    Promise.all(nodes.map(ask)),
  ]);
  return {
    addresses: links.flatMap(({ addresses }) => addresses.map(({ address }) => address)),
    tunnels: links.filter((link) => isTunnel(link) || isFlannels(link.name)).map(({ name }) => name),
    toPods,
    toNodes,
    defaults: ownTables(routes)
      .filter(isDefault)
      .map(({ gateway = '', dev }) => ({ gateway, dev })),
    known: others.filter((lease) => hasRouteFor(routes, lease)).map((lease) => lease.node),
  };
};
