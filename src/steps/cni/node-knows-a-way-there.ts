import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { flannelLeaseOf } from '../../domain/flannel-lease.js';
import { flowNodeSchema, nodesOfFlow } from '../../domain/flow-nodes.js';
import { ifReadable } from '../../domain/if-readable.js';
import { defineStep } from '../../domain/step.js';
import { isAddress } from '../../parse/addresses.js';
import type { RouteTo } from '../../parse/links/route-to.js';
import { addressOfEnd, endQueries, startOfFlow } from '../../queries/probes/address-of-end.js';
import { unseenSchema } from '../../queries/probes/each-node.js';
import { nodesOfEnds } from '../../queries/probes/nodes-of-ends.js';
import { type WayView, wayQueries, wayView, wayViewSchema } from '../../queries/probes/way-view.js';

const evidenceSchema = z.object({
  address: z.string(),
  seen: z.array(z.strictObject({ ...flowNodeSchema.shape, ...wayViewSchema.shape })),
  unseen: z.array(unseenSchema),
});

const byDevice = ({ podDevices, uplinks, bridges }: WayView, { route }: RouteTo) => {
  const dev = route?.dev ?? '';
  if (route?.type === 'local') return 'own-address';
  if (podDevices.includes(dev)) return 'into-pod-network';
  // A bridge that is the way out, or has a router behind it, is a network card by another name.
  return route?.gateway === undefined && bridges.includes(dev) && !uplinks.includes(dev) ? 'onto-a-bridge' : 'routed';
};

/** With the answer that decides: that to a packet of the Pod, where the flow starts in one. */
const judge = (view: WayView) => {
  const { own, forwarded } = view;
  const way = forwarded ?? own;
  if (way.class === 'none') return { outcome: 'no-route', way } as const;
  // The kernel refuses so too where it forwards nothing, or mistrusts the source: the own route tells them apart.
  if (way.class === 'refused') return { outcome: own.class === 'refused' ? 'refused' : 'not-forwarded', way } as const;
  return { outcome: byDevice(view, way), way } as const;
};

const inWords = ({ class: spoken, route, message }: RouteTo) =>
  spoken === 'route' ? `${route?.gateway ?? ''} ${route?.dev ?? ''}`.trim() : message || spoken;

export default defineStep({
  stage: 'cni',
  level: 'node',
  cost: 1,
  reads: ['services', 'pods', 'nodes'],
  runs: [...new Set([...wayQueries, ...endQueries])],
  from: ['pod', 'node'],
  to: ['ip', 'node'],
  evidence: evidenceSchema,
  outcomes: {
    routed: 'pass',
    'no-route': 'fail',
    refused: 'fail',
    'into-pod-network': 'fail',
    'onto-a-bridge': 'warn',
    'not-forwarded': 'warn',
    'own-address': 'unsure',
    'no-address': 'unsure',
  },

  async collect({ kube, node }, flow) {
    const places = { kube, node };
    const [to, start, nodes] = await Promise.all([
      addressOfEnd(places, flow.to),
      startOfFlow(places, flow.from),
      nodesOfFlow(kube, flow),
    ]);
    if (!to || !start) return { address: '', seen: [], unseen: [] };
    const askers = nodes.filter(({ role }) => role !== 'destination');
    const objects = await Promise.all(askers.map((place) => ifReadable(kube.get('nodes', { name: place.node }))));
    const leases = objects.flatMap((object) => (object ? [flannelLeaseOf(object)] : []));
    const podRanges = leases.flatMap(({ ranges }) => ranges);
    const nodeAddresses = leases.flatMap(({ addresses }) => addresses);
    const looked = await nodesOfEnds(askers, (place) => {
      const pod = place.role === 'source' && !start.fromNode && isAddress(start.address) ? start : undefined;
      return wayView(node(place.node), { to, pod, podRanges, nodeAddresses });
    });
    const blind = looked.unseen.find(({ role }) => role === 'source');
    if (blind) throw new CannotLook('lost', `${blind.node}: ${blind.why}`);
    return { address: to, ...looked };
  },

  interpret({ address, seen }) {
    const here = seen.find(({ role }) => role === 'source');
    if (!here) return { outcome: 'no-address' };
    const { outcome, way } = judge(here);
    const peers = seen.filter((one) => one !== here).map((one) => `${one.node}: ${inWords(one.own)}`);
    const facts = {
      address,
      node: here.node,
      way: inWords(way),
      own: inWords(here.own),
      dev: way.route?.dev ?? '',
      peers,
    };
    return { outcome, facts };
  },
});
