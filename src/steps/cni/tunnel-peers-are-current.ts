import { z } from 'zod';
import { type FlannelLease, flannelLeaseOf, flannelLeaseSchema } from '../../domain/flannel-lease.js';
import { type FlowNode, flowNodeSchema, nodesOfFlow } from '../../domain/flow-nodes.js';
import { defineStep } from '../../domain/step.js';
import { type TunnelTrouble, troubleOf } from '../../domain/tunnel-pair.js';
import { bridgeFdb } from '../../queries/links/bridge-fdb.js';
import { ipLinks } from '../../queries/links/ip-links.js';
import { ipNeighbours } from '../../queries/links/ip-neighbours.js';
import { unseenSchema } from '../../queries/probes/each-node.js';
import { nodesOfEnds } from '../../queries/probes/nodes-of-ends.js';
import { type TunnelView, tunnelView, tunnelViewSchema } from '../../queries/probes/tunnel-view.js';

type Seen = FlowNode & TunnelView;
type Trouble = TunnelTrouble & { readonly node: string; readonly other: string };

const troublesOf = (seen: readonly Seen[], leases: readonly FlannelLease[]): Trouble[] =>
  seen.flatMap((here) =>
    leases.flatMap((there): Trouble[] => {
      const lease = leases.find(({ node }) => node === here.node);
      if (!lease || there.node === here.node || lease.backend !== 'vxlan') return [];
      const other = seen.find(({ node }) => node === there.node);
      const found = troubleOf({ here, lease, there, other });
      return found ? [{ ...found, node: here.node, other: there.node }] : [];
    }),
  );

// The flow goes from the Node of its source to every destination and back, and nowhere else.
const touches = (ends: readonly string[], sources: readonly string[]) =>
  sources.length === 0 || sources.some((node) => ends.includes(node));

const told = ({ node, other, found, wanted }: Trouble, seen: readonly Seen[]) => ({
  ...{ node, other, found, wanted },
  device: seen.find((one) => one.node === node)?.tunnel?.name ?? 'flannel.1',
});

export default defineStep({
  stage: 'cni',
  hop: 'overlay',
  level: 'node',
  cost: 1,
  reads: ['services', 'pods', 'nodes'],
  runs: [ipLinks, ipNeighbours, bridgeFdb],
  from: ['pod', 'node'],
  to: ['service', 'pod'],
  evidence: z.object({
    leases: z.array(flannelLeaseSchema),
    /** The Nodes that are no end of the flow: what is wrong about them does not touch it. */
    beside: z.array(z.string()),
    seen: z.array(z.strictObject({ ...flowNodeSchema.shape, ...tunnelViewSchema.shape })),
    unseen: z.array(unseenSchema),
  }),
  outcomes: {
    current: 'pass',
    'no-tunnel': 'fail',
    'wrong-public-address': 'fail',
    'tunnels-differ': 'fail',
    'no-hardware-address': 'fail',
    'old-hardware-address': 'fail',
    'no-host-address': 'fail',
    'old-host-address': 'fail',
    'wrong-elsewhere': 'warn',
    'partly-seen': 'unsure',
    'no-vxlan': 'unsure',
  },

  async collect({ kube, node }, flow) {
    const nodes = await nodesOfFlow(kube, flow);
    const objects = await Promise.all(nodes.map((place) => kube.get('nodes', { name: place.node })));
    const leases = objects.flatMap((object) => (object ? [flannelLeaseOf(object)] : []));
    const beside = nodes.filter(({ role }) => role === 'peer').map((place) => place.node);
    if (!leases.some(({ backend }) => backend === 'vxlan')) return { leases, beside, seen: [], unseen: [] };
    const look = (place: FlowNode) => tunnelView(node(place.node), { self: place.node, leases });
    return { leases, beside, ...(await nodesOfEnds(nodes, look)) };
  },

  interpret({ leases, beside, seen, unseen }) {
    if (!leases.some(({ backend }) => backend === 'vxlan')) return { outcome: 'no-vxlan' };
    const troubles = troublesOf(seen, leases);
    const sources = [...seen, ...unseen].flatMap(({ node, role }) => (role === 'source' ? [node] : []));
    const own = troubles.find(
      ({ node, other }) => ![node, other].some((name) => beside.includes(name)) && touches([node, other], sources),
    );
    if (own) return { outcome: own.word, facts: told(own, seen) };
    if (troubles[0]) return { outcome: 'wrong-elsewhere', facts: told(troubles[0], seen) };
    const nodes = seen.map(({ node }) => node);
    const missing = unseen.find(({ node }) => !beside.includes(node));
    const unknown = missing && { unseen: missing.node, why: missing.why };
    return { outcome: unknown ? 'partly-seen' : 'current', facts: { nodes, ...unknown } };
  },
});
