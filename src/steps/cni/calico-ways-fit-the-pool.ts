import { z } from 'zod';
import { type Pool, poolKinds, poolSchema, poolsOf } from '../../domain/calico-objects.js';
import { CannotLook } from '../../domain/cannot-look.js';
import { type FlowPod, podsOfFlow } from '../../domain/flow-pods.js';
import type { KubeObject } from '../../domain/kinds.js';
import { pluginNodes } from '../../domain/plugin-nodes.js';
import { holds } from '../../domain/ranges.js';
import { defineStep } from '../../domain/step.js';
import { routeToSchema } from '../../parse/links/route-to.js';
import { routeTo } from '../../queries/links/route-to.js';

const evidenceSchema = z.object({
  /** Absent where another plugin makes the network. */
  way: z
    .object({
      node: z.string(),
      other: z.string(),
      address: z.string(),
      route: routeToSchema,
      pool: poolSchema.optional(),
      /** As Calico tells it: "10.0.0.12/24". */
      own: z.string(),
      far: z.string(),
      farAddresses: z.array(z.string()),
    })
    .optional(),
  here: z.boolean(),
});
type Way = NonNullable<z.infer<typeof evidenceSchema>['way']>;

// What Felix makes, and the device that Linux makes for every IPIP tunnel.
const tunnels = /^(?:tunl0|vxlan\.calico|vxlan-v6\.calico|wireguard\.cali|wg-v6\.cali|bpf\w*\.cali)$/;

const told = (object: KubeObject<'nodes'> | undefined) =>
  object?.metadata?.annotations?.['projectcalico.org/IPv4Address'] ?? '';

const modeOf = ({ ipip, vxlan }: Pool) => (vxlan === 'Never' ? (ipip === 'Never' ? 'Never' : ipip) : vxlan);
const kindOf = ({ ipip, vxlan }: Pool) => (vxlan === 'Never' ? (ipip === 'Never' ? 'none' : 'IPIP') : 'VXLAN');

const isNeighbour = ({ own, far }: Way) => own !== '' && holds(own, far.split('/')[0] ?? '');

/** Sent as it is to the other Node, where the pool wraps nothing between the two. */
const isUnwrapped = (way: Way, pool: Pool) => {
  if (!way.farAddresses.includes(way.route.route?.gateway ?? '')) return false;
  return modeOf(pool) === 'Never' || (modeOf(pool) === 'CrossSubnet' && isNeighbour(way));
};

const judge = (way: Way, pool: Pool) => {
  const { class: spoken, route } = way.route;
  if (spoken === 'refused') return 'refused';
  if (spoken === 'none' || !route) return 'no-route';
  if (tunnels.test(route.dev)) return kindOf(pool) === 'IPIP' ? 'by-ipip' : 'by-tunnel';
  if (isUnwrapped(way, pool)) return 'unwrapped';
  // With every packet wrapped there is no way but the tunnel. Else a router may well know the Pods of all Nodes.
  return modeOf(pool) === 'Always' ? 'no-route' : 'by-router';
};

const isFar = (self: string) => (one: FlowPod) =>
  one.role === 'destination' && one.node !== self && !one.host && one.address !== '';

const addressesOf = (object: KubeObject<'nodes'> | undefined) => [
  told(object).split('/')[0] ?? '',
  ...(object?.status?.addresses ?? []).map(({ address }) => address),
];

export default defineStep({
  stage: 'cni',
  hop: 'overlay',
  level: 'node',
  cost: 1,
  reads: ['services', 'pods', 'nodes', ...poolKinds],
  runs: [routeTo],
  from: ['pod', 'node'],
  to: ['service', 'pod'],
  evidence: evidenceSchema,
  outcomes: {
    'by-tunnel': 'pass',
    'by-ipip': 'pass',
    unwrapped: 'pass',
    'by-router': 'unsure',
    refused: 'fail',
    'no-route': 'fail',
    'no-pool': 'unsure',
    'one-node': 'unsure',
    'not-calico': 'unsure',
  },

  async collect({ kube, node }, flow) {
    const nodes = await pluginNodes(kube, flow, 'calico');
    if (!nodes) return { here: false };
    const self = nodes.find(({ role }) => role === 'source')?.node ?? '';
    const pods = await podsOfFlow(kube, flow);
    const far = pods.find(isFar(self));
    if (!far || self === '') return { here: true };
    const [route, pools, here, there] = await Promise.all([
      node(self).run(routeTo, { address: far.address }),
      poolsOf(kube),
      kube.get('nodes', { name: self }),
      kube.get('nodes', { name: far.node }),
    ]);
    if (route.class === 'not-understood') throw new CannotLook('lost', route.message);
    const pool = pools?.find(({ cidr }) => holds(cidr, far.address));
    const way = {
      ...{ node: self, other: far.node, address: far.address, route },
      ...{ own: told(here), far: told(there), farAddresses: addressesOf(there) },
    };
    return { here: true, way: { ...way, ...(pool ? { pool } : {}) } };
  },

  interpret({ here, way }) {
    if (!here) return { outcome: 'not-calico' };
    if (!way) return { outcome: 'one-node' };
    const { node, other, address, pool } = way;
    if (!pool) return { outcome: 'no-pool', facts: { node, address } };
    const { dev = '', gateway = '' } = way.route.route ?? {};
    const facts = {
      node,
      other,
      address,
      device: dev,
      gateway,
      pool: pool.name,
      wrapped: kindOf(pool),
      mode: modeOf(pool),
    };
    return { outcome: judge(way, pool), facts };
  },
});
