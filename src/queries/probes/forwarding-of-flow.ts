import { z } from 'zod';
import type { Flow } from '../../domain/flow.js';
import type { Ports } from '../../domain/ports.js';
import type { kernelSettings } from '../kernel/kernel-settings.js';
import type { ipLinks } from '../links/ip-links.js';
import type { ipRoutes } from '../links/ip-routes.js';
import type { routeTo } from '../links/route-to.js';
import { devicesOf, forwardingView, forwardingViewSchema } from './forwarding-view.js';
import { waysOfFlow, waysSchema } from './ways-of-flow.js';

export const forwardingOfFlowSchema = z.strictObject({
  ...waysSchema.shape,
  settings: z.array(z.strictObject({ node: z.string(), ...forwardingViewSchema.shape })),
});
export type ForwardingOfFlow = z.infer<typeof forwardingOfFlowSchema>;

type Looking = Pick<
  Ports<'services' | 'pods' | 'nodes', typeof ipLinks | typeof ipRoutes | typeof routeTo | typeof kernelSettings>,
  'kube' | 'node'
>;

/** The ways of every Node of a flow, and what the kernel does on each with packets that come and go on them. */
export const forwardingOfFlow = async (ports: Looking, flow: Pick<Flow, 'from' | 'to'>): Promise<ForwardingOfFlow> => {
  const ways = await waysOfFlow(ports, flow);
  const settings = await Promise.all(
    ways.seen.map(async (view) => ({
      node: view.node,
      ...(await forwardingView(ports.node(view.node), devicesOf(view))),
    })),
  );
  return { ...ways, settings };
};
