import { z } from 'zod';
import { flannelLeaseOf, flannelLeaseSchema } from '../../domain/flannel-lease.js';
import type { Flow } from '../../domain/flow.js';
import { type FlowNode, flowNodeSchema, nodesOfFlow } from '../../domain/flow-nodes.js';
import { flowPodSchema, podsOfFlow } from '../../domain/flow-pods.js';
import type { Ports } from '../../domain/ports.js';
import type { ipLinks } from '../links/ip-links.js';
import type { ipRoutes } from '../links/ip-routes.js';
import type { routeTo } from '../links/route-to.js';
import { unseenSchema } from './each-node.js';
import { nodesOfEnds } from './nodes-of-ends.js';
import { routeView, routeViewSchema } from './route-view.js';

export const waysSchema = z.strictObject({
  pods: z.array(flowPodSchema),
  leases: z.array(flannelLeaseSchema),
  seen: z.array(z.strictObject({ ...flowNodeSchema.shape, ...routeViewSchema.shape })),
  unseen: z.array(unseenSchema),
});
export type WaysOfFlow = z.infer<typeof waysSchema>;

type Looking = Pick<
  Ports<'services' | 'pods' | 'nodes', typeof ipLinks | typeof ipRoutes | typeof routeTo>,
  'kube' | 'node'
>;

/** The ways that every Node of a flow would take to the Pods of the flow. */
export const waysOfFlow = async ({ kube, node }: Looking, flow: Pick<Flow, 'from' | 'to'>): Promise<WaysOfFlow> => {
  const [nodes, pods] = await Promise.all([nodesOfFlow(kube, flow), podsOfFlow(kube, flow)]);
  const objects = await Promise.all(nodes.map((place) => kube.get('nodes', { name: place.node })));
  const leases = objects.flatMap((object) => (object ? [flannelLeaseOf(object)] : []));
  const look = (place: FlowNode) => routeView(node(place.node), { self: place.node, pods, leases });
  return { pods, leases, ...(await nodesOfEnds(nodes, look)) };
};
