import { z } from 'zod';
import type { Facts } from '../../domain/finding.js';
import { type FlannelLease, flannelLeaseOf, flannelLeaseSchema } from '../../domain/flannel-lease.js';
import { flowNodeSchema } from '../../domain/flow-nodes.js';
import { ifReadable } from '../../domain/if-readable.js';
import { nodesAwaited } from '../../domain/nodes-awaited.js';
import { holds } from '../../domain/ranges.js';
import { anyEnd, defineStep } from '../../domain/step.js';
import { addressReservations } from '../../queries/links/address-reservations.js';
import { cniConfig } from '../../queries/links/cni-config.js';
import { flannelSubnet } from '../../queries/links/flannel-subnet.js';
import { ipLinks } from '../../queries/links/ip-links.js';
import { type Unseen, unseenSchema } from '../../queries/probes/each-node.js';
import {
  type NodeNetworkView,
  nodeNetworkView,
  nodeNetworkViewSchema,
} from '../../queries/probes/node-network-view.js';
import { nodesOfEnds } from '../../queries/probes/nodes-of-ends.js';

type Seen = NodeNetworkView & { readonly node: string; readonly role: string };
type Check = (seen: Seen, lease: FlannelLease | undefined) => Facts | undefined;

const noConfig: Check = ({ config }) => (config.files.length === 0 ? { found: '-' } : undefined);

// The runtime reads the files in the order of their names and takes the first that it understands.
const inUse = ({ config }: Seen) => config.files.find(({ understood }) => understood);

const unreadable: Check = (seen) =>
  seen.config.files.length > 0 && !inUse(seen) ? { found: seen.config.files[0]?.name ?? '' } : undefined;

const noPlugin: Check = (seen) => {
  const lacking = inUse(seen)?.types.find((type) => !seen.config.programs.includes(type));
  return lacking === undefined ? undefined : { found: lacking };
};

const usesFlannel = (seen: Seen) => inUse(seen)?.types.includes('flannel') ?? false;
const noLease: Check = (seen) => (usesFlannel(seen) && !seen.lease.present ? { found: '-' } : undefined);

const otherBridge: Check = (seen) => {
  const { bridge, lease } = seen;
  const v4 = bridge?.filter((address) => !address.includes(':'));
  if (!usesFlannel(seen) || !v4 || v4.length === 0 || lease.subnet === undefined || v4.includes(lease.subnet))
    return undefined;
  return { found: v4.join(', '), wanted: lease.subnet };
};

const otherLease: Check = ({ lease: { subnet } }, lease) => {
  const address = subnet?.split('/')[0];
  if (address === undefined || !lease || lease.backend === '' || lease.ranges.length === 0) return undefined;
  const own = lease.ranges.some((range) => holds(range, address));
  return own ? undefined : { found: subnet ?? '', wanted: lease.ranges.join(', ') };
};

const room = (subnet: string | undefined) => 2 ** (32 - Number(subnet?.split('/')[1] ?? 24)) - 3;

// Every device on the bridge is a Pod that lives; a reservation without one was left by a Pod that does not.
const usedUp: Check = ({ reserved, ports, lease }) =>
  reserved !== undefined && reserved >= room(lease.subnet) ? { found: reserved, wanted: ports } : undefined;

const several: Check = ({ config }) =>
  config.files.length > 1 ? { found: config.files.map(({ name }) => name).join(', ') } : undefined;

const checks = [
  ['no-config', noConfig],
  ['config-not-understood', unreadable],
  ['plugin-missing', noPlugin],
  ['no-lease-file', noLease],
  ['addresses-used-up', usedUp],
  ['bridge-of-another-range', otherBridge],
  ['lease-of-another-range', otherLease],
  ['several-configs', several],
] as const;

const firstOf = (check: Check, ends: readonly Seen[], leases: readonly FlannelLease[]): Facts | undefined => {
  const found = ends.flatMap((one) => {
    const facts = check(
      one,
      leases.find(({ node }) => node === one.node),
    );
    return facts ? [{ wanted: '-', ...facts, node: one.node }] : [];
  });
  return found[0];
};

const unsaid = ({ node, why }: Unseen): Facts => ({ node, why });

export default defineStep({
  stage: 'cni',
  level: 'node',
  cost: 1,
  reads: ['services', 'pods', 'nodes'],
  runs: [cniConfig, flannelSubnet, ipLinks, addressReservations],
  from: anyEnd,
  to: ['service', 'pod'],
  evidence: z.object({
    leases: z.array(flannelLeaseSchema),
    seen: z.array(z.strictObject({ ...flowNodeSchema.shape, ...nodeNetworkViewSchema.shape })),
    unseen: z.array(unseenSchema),
  }),
  outcomes: {
    can: 'pass',
    'no-config': 'fail',
    'config-not-understood': 'fail',
    'plugin-missing': 'fail',
    'no-lease-file': 'fail',
    'addresses-used-up': 'fail',
    'bridge-of-another-range': 'fail',
    'lease-of-another-range': 'fail',
    'several-configs': 'warn',
    'partly-seen': 'unsure',
    'no-node': 'unsure',
  },

  async collect({ kube, node }, flow) {
    const nodes = await nodesAwaited(kube, flow);
    const objects = await Promise.all(nodes.map((place) => ifReadable(kube.get('nodes', { name: place.node }))));
    const leases = objects.flatMap((object) => (object ? [flannelLeaseOf(object)] : []));
    return { leases, ...(await nodesOfEnds(nodes, (place) => nodeNetworkView(node(place.node)))) };
  },

  interpret({ leases, seen, unseen }) {
    const ends = seen.filter(({ role }) => role !== 'peer');
    for (const [outcome, check] of checks) {
      const facts = firstOf(check, ends, leases);
      if (facts) return { outcome, facts };
    }
    const missing = unseen.find(({ role }) => role !== 'peer');
    if (missing) return { outcome: 'partly-seen', facts: unsaid(missing) };
    return ends.length > 0
      ? { outcome: 'can', facts: { nodes: ends.map(({ node }) => node) } }
      : { outcome: 'no-node' };
  },
});
