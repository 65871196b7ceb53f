import { z } from 'zod';
import type { Facts } from '../../domain/finding.js';
import { type FlannelLease, flannelLeaseOf, flannelLeaseSchema } from '../../domain/flannel-lease.js';
import type { Flow } from '../../domain/flow.js';
import { nodesOfFlow } from '../../domain/flow-nodes.js';
import { type FlowPod, flowPodSchema, podsOfFlow } from '../../domain/flow-pods.js';
import { ifReadable } from '../../domain/if-readable.js';
import type { KubeObject } from '../../domain/kinds.js';
import { nameOf } from '../../domain/name-of.js';
import { networkAgentOf } from '../../domain/network-agent.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import { isFinished } from '../../domain/pod-state.js';
import { everyNamespace } from '../../domain/ports.js';
import { holds, overlap } from '../../domain/ranges.js';
import { anyEnd, defineStep } from '../../domain/step.js';

type Reader = ObjectReader<'services' | 'pods' | 'nodes'>;

const evidenceSchema = z.object({
  pods: z.array(z.strictObject({ ...flowPodSchema.shape, others: z.array(z.string()) })),
  leases: z.array(flannelLeaseSchema),
  virtual: z.string(),
  /** The node of the source, where the bridge of flannel makes its Pods take the whole range for next door. */
  nextDoor: z.string(),
});
type Evidence = z.infer<typeof evidenceSchema>;

/** In every namespace, or in its own where nobody may read the others. */
const othersWith = async (kube: Reader, { namespace, pod, address, host }: FlowPod) => {
  if (host || address === '') return [];
  const isSelf = ({ metadata }: KubeObject<'pods'>) => metadata?.name === pod && metadata.namespace === namespace;
  const fields = { 'status.podIP': address };
  const everywhere = await ifReadable(kube.list('pods', { namespace: everyNamespace, fields }));
  const same = everywhere ?? (await kube.list('pods', { namespace, fields }));
  return same
    .filter((one) => !isSelf(one) && !isFinished(one) && !one.spec?.hostNetwork)
    .map((one) => (one.metadata?.namespace === namespace ? nameOf(one) : `${one.metadata?.namespace}/${nameOf(one)}`));
};

const virtualOf = async (kube: Reader, { to }: Pick<Flow, 'to'>) => {
  const service =
    to.kind === 'service' ? await kube.get('services', { namespace: to.namespace, name: to.name }) : undefined;
  return service?.spec?.clusterIP ?? '';
};

const sharing = ({ pods }: Evidence): Facts | undefined => {
  const one = pods.find(({ others }) => others.length > 0);
  return one && { 'first-pod': one.pod, address: one.address, others: one.others };
};

const overlapping = ({ leases }: Evidence): Facts | undefined => {
  const all = leases.flatMap(({ node, ranges }) => ranges.map((range) => ({ node, range })));
  const pairs = all.flatMap((one, index) => all.slice(index + 1).map((other) => ({ one, other })));
  const found = pairs.find(({ one, other }) => one.node !== other.node && overlap(one.range, other.range));
  return found && { node: found.one.node, other: found.other.node, range: found.one.range, found: found.other.range };
};

const isFlannels = ({ backend }: FlannelLease) => backend !== '';

/** flannel writes nothing on a Node that it could not start on: there, a Pod that waits for an address tells of it. */
const waitsForFlannel = ({ pods, leases }: Evidence, name: string) =>
  leases.some(isFlannels) && pods.some(({ node, host, address }) => node === name && !host && address === '');

const rangeless = (evidence: Evidence): Facts | undefined => {
  const bare = evidence.leases.find(
    (lease) => lease.ranges.length === 0 && (isFlannels(lease) || waitsForFlannel(evidence, lease.node)),
  );
  return bare && { node: bare.node };
};

// Other networks than flannel give addresses by pools of their own, whatever range the Node was given.
const stray = ({ pods, leases }: Evidence): Facts | undefined => {
  const found = pods.flatMap((pod) => {
    const lease = leases.find((one) => one.node === pod.node && isFlannels(one) && one.ranges.length > 0);
    const isOut = lease && !pod.host && pod.address !== '' && !lease.ranges.some((range) => holds(range, pod.address));
    return isOut
      ? [{ 'first-pod': pod.pod, address: pod.address, node: pod.node, range: lease.ranges.join(', ') }]
      : [];
  });
  return found[0];
};

const covering = ({ leases, virtual }: Evidence, isMeant: (node: string) => boolean): Facts | undefined => {
  const lease = leases.find(({ node, ranges }) => isMeant(node) && ranges.some((range) => holds(range, virtual)));
  return lease && { address: virtual, node: lease.node, range: lease.ranges.join(', ') };
};
const covered = (evidence: Evidence) => covering(evidence, (node) => node === evidence.nextDoor);
/** Another node's Pods alone look for it there: the node of the source changes the address before it looks for a way. */
const coveredElsewhere = (evidence: Evidence) => covering(evidence, (node) => node !== evidence.nextDoor);

/** Calico gives a Pod nothing but a way to its node, also where it keeps the network of flannel. */
const nextDoorOf = (pods: readonly FlowPod[], nodes: readonly (KubeObject<'nodes'> | undefined)[]): string => {
  const source = pods.find(({ role, host }) => role === 'source' && !host);
  const node = source && nodes.find((one) => one && nameOf(one) === source.node);
  return node && networkAgentOf(node) === 'flannel' ? nameOf(node) : '';
};

export default defineStep({
  stage: 'cni',
  level: 'observe',
  cost: 0,
  reads: ['services', 'pods', 'nodes'],
  runs: [],
  from: anyEnd,
  to: ['service', 'pod'],
  evidence: evidenceSchema,
  outcomes: {
    unique: 'pass',
    shared: 'fail',
    'ranges-overlap': 'fail',
    'node-without-range': 'fail',
    'service-in-range': 'fail',
    'service-in-other-range': 'warn',
    'outside-range': 'warn',
    'no-address': 'unsure',
  },

  async collect({ kube }, flow) {
    const [nodes, pods, virtual] = await Promise.all([
      nodesOfFlow(kube, flow),
      podsOfFlow(kube, flow),
      virtualOf(kube, flow),
    ]);
    const objects = await Promise.all(nodes.map(({ node }) => ifReadable(kube.get('nodes', { name: node }))));
    const asked = pods.map(async (pod) => ({ ...pod, others: await othersWith(kube, pod) }));
    return {
      pods: await Promise.all(asked),
      leases: objects.flatMap((object) => (object ? [flannelLeaseOf(object)] : [])),
      virtual,
      nextDoor: nextDoorOf(pods, objects),
    };
  },

  interpret(evidence) {
    const checks = [
      ['shared', sharing],
      ['ranges-overlap', overlapping],
      ['node-without-range', rangeless],
      ['service-in-range', covered],
      ['service-in-other-range', coveredElsewhere],
      ['outside-range', stray],
    ] as const;
    for (const [outcome, check] of checks) {
      const facts = check(evidence);
      if (facts) return { outcome, facts };
    }
    const addresses = evidence.pods.filter(({ host }) => !host).map(({ address }) => address);
    return addresses.some((address) => address !== '')
      ? { outcome: 'unique', facts: { addresses } }
      : { outcome: 'no-address' };
  },
});
