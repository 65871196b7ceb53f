import { z } from 'zod';
import { type Pool, poolKinds, poolSchema, poolsOf } from '../../domain/calico-objects.js';
import { CannotLook } from '../../domain/cannot-look.js';
import { type FlowPod, podsOfFlow } from '../../domain/flow-pods.js';
import type { KubeObject } from '../../domain/kinds.js';
import { pluginNodes } from '../../domain/plugin-nodes.js';
import { holds } from '../../domain/ranges.js';
import { defineStep } from '../../domain/step.js';
import { uniqueBy } from '../../domain/unique-by.js';
import { routeToSchema } from '../../parse/links/route-to.js';
import { routeTo } from '../../queries/links/route-to.js';

const waySchema = z.object({
  node: z.string(),
  other: z.string(),
  address: z.string(),
  route: routeToSchema,
  pool: poolSchema.optional(),
  /** As Calico tells it: "10.0.0.12/24". */
  own: z.string(),
  far: z.string(),
  farAddresses: z.array(z.string()),
});
const evidenceSchema = z.object({
  /** To one Pod on every other Node; empty where another plugin makes the network. */
  ways: z.array(waySchema),
  here: z.boolean(),
});
type Way = z.infer<typeof waySchema>;

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

const judge = (way: Way) => {
  const { class: spoken, route } = way.route;
  const { pool } = way;
  if (!pool) return 'no-pool';
  if (spoken === 'refused') return 'refused';
  if (spoken === 'none' || !route) return 'no-route';
  if (tunnels.test(route.dev)) return kindOf(pool) === 'IPIP' ? 'by-ipip' : 'by-tunnel';
  if (isUnwrapped(way, pool)) return 'unwrapped';
  // With every packet wrapped there is no way but the tunnel. Else a router may well know the Pods of all Nodes.
  return modeOf(pool) === 'Always' ? 'no-route' : 'by-router';
};

/** What stops packets comes first. Ways that differ and lead on say nothing before it is known which of them fails. */
const judgeAll = (ways: readonly Way[]) => {
  const judged = ways.map((way) => ({ way, word: judge(way) }));
  const broken = judged.find(({ word }) => word === 'refused') ?? judged.find(({ word }) => word === 'no-route');
  const words = new Set(judged.map(({ word }) => word));
  const [first] = judged;
  if (broken || words.size === 1) return broken ?? first;
  return first && { way: first.way, word: 'several-ways' as const };
};

// More Nodes than these tell nothing new.
const mostNodes = 4;

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
    'several-ways': 'unsure',
    'no-pool': 'unsure',
    'one-node': 'unsure',
    'not-calico': 'unsure',
  },

  async collect({ kube, node }, flow) {
    const nodes = await pluginNodes(kube, flow, 'calico');
    if (!nodes) return { here: false, ways: [] };
    const self = nodes.find(({ role }) => role === 'source')?.node ?? '';
    const pods = self === '' ? [] : (await podsOfFlow(kube, flow)).filter(isFar(self));
    const far = uniqueBy(pods, ({ node }) => node).slice(0, mostNodes);
    if (far.length === 0) return { here: true, ways: [] };
    const [pools, here] = await Promise.all([poolsOf(kube), kube.get('nodes', { name: self })]);
    const wayTo = async ({ address, node: other }: FlowPod): Promise<Way> => {
      const [route, there] = await Promise.all([
        node(self).run(routeTo, { address }),
        kube.get('nodes', { name: other }),
      ]);
      if (route.class === 'not-understood') throw new CannotLook('lost', route.message);
      const pool = pools?.find(({ cidr }) => holds(cidr, address));
      const way = { node: self, other, address, route, own: told(here), far: told(there) };
      return { ...way, farAddresses: addressesOf(there), ...(pool ? { pool } : {}) };
    };
    return { here: true, ways: await Promise.all(far.map(wayTo)) };
  },

  interpret({ here, ways }) {
    if (!here) return { outcome: 'not-calico' };
    const judged = judgeAll(ways);
    if (!judged) return { outcome: 'one-node' };
    const { node, other, address, pool, route } = judged.way;
    if (!pool) return { outcome: 'no-pool', facts: { node, address } };
    const { dev: device = '', gateway = '' } = route.route ?? {};
    const facts = {
      ...{ node, other, address, device, gateway },
      ...{ pool: pool.name, wrapped: kindOf(pool), mode: modeOf(pool) },
      ways: ways.map((way) => `${way.address} (${way.other}): ${judge(way)}`),
    };
    return { outcome: judged.word, facts };
  },
});
