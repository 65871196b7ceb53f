import { z } from 'zod';
import type { Facts } from '../../domain/finding.js';
import type { Flow } from '../../domain/flow.js';
import { type FlowPod, flowPodSchema, podsOfFlow } from '../../domain/flow-pods.js';
import { ifReadable } from '../../domain/if-readable.js';
import { internalAddress } from '../../domain/node-address.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import { defineStep } from '../../domain/step.js';
import { isAddress } from '../../parse/addresses.js';
import { ipLinks } from '../../queries/links/ip-links.js';
import { ownNetwork } from '../../queries/links/own-network.js';
import { podNetwork } from '../../queries/links/pod-network.js';
import { podNetworkNamespace } from '../../queries/links/pod-network-namespace.js';
import { routeTo } from '../../queries/links/route-to.js';
import { eachPod, type UnseenPod, unseenPodSchema } from '../../queries/probes/each-pod.js';
import { type PodDeviceView, podDeviceView, podDeviceViewSchema } from '../../queries/probes/pod-device-view.js';

type Seen = FlowPod & PodDeviceView;

const clusterAddress = async (kube: ObjectReader<'services'>, to: Flow['to']) =>
  to.kind === 'service'
    ? (await kube.get('services', { namespace: to.namespace, name: to.name }))?.spec?.clusterIP
    : undefined;

const nodeAddress = async (kube: ObjectReader<'nodes'>, name: string) =>
  isAddress(name) ? name : (internalAddress(await ifReadable(kube.get('nodes', { name }))) ?? '');

/** Where the source sends to, and where the destinations answer to. */
const targetsOf = async (
  kube: ObjectReader<'services' | 'nodes'>,
  { to }: Pick<Flow, 'to'>,
  pods: readonly FlowPod[],
) => {
  const of = (role: FlowPod['role']) => pods.filter((pod) => pod.role === role).map(({ address }) => address);
  const virtual = (await clusterAddress(kube, to)) ?? '';
  const outside = to.kind === 'ip' ? to.address : to.kind === 'node' ? await nodeAddress(kube, to.name) : '';
  return { source: [virtual, ...of('destination'), outside].filter(isAddress), destination: of('source') };
};

const unanswered = ['FAILED', 'INCOMPLETE'];

const atItsEnds = ({ device, end }: Seen) => {
  if (!device) return 'address-missing';
  if (device.peer === undefined) return 'not-a-veth';
  if (!end) return 'host-end-missing';
  return [device, end].every(({ up, carrier }) => up && carrier) ? undefined : 'device-down';
};

// A routed network has no bridge on the way to the Pod, and needs none.
const isOff = ({ end, way, bridged }: Seen) => bridged && end?.master !== way.route?.dev;

const around = (seen: Seen) => {
  const { gateway, lost } = seen;
  if (isOff(seen)) return 'off-the-bridge';
  if (lost.length > 0) return 'no-route-in-pod';
  if (gateway?.known === false) return 'wrong-gateway-address';
  return unanswered.includes(gateway?.state ?? '') ? 'gateway-silent' : 'attached';
};

// Isolated ports of one bridge reach the bridge and its other ports, and not each other.
const isApart = (one: Seen, other: Seen) =>
  one.role === 'source' &&
  other.role !== 'source' &&
  one.node === other.node &&
  one.end?.isolated === true &&
  other.end?.isolated === true &&
  one.end.master === other.end.master;

const wordOf = (seen: Seen) => atItsEnds(seen) ?? around(seen);

// {pod} and {namespace} are words of the flow, and mean its destination.
const places = ({ pod, namespace, node, address, lost }: Seen): Facts => ({
  ...{ 'wired-pod': pod, 'wired-namespace': namespace, node, address },
  target: lost[0] ?? '-',
});

const ends = ({ device, end }: Seen): Facts => ({
  'pod-device': device?.name ?? '-',
  device: end?.name ?? `${device?.peer ?? '-'}`,
});

const way = ({ way: { route }, gateway }: Seen): Facts => ({
  bridge: route?.dev ?? '-',
  gateway: gateway?.address ?? '-',
  found: gateway?.mac ?? '-',
});

const told = (seen: Seen): Facts => ({ ...places(seen), ...ends(seen), ...way(seen) });

const unsaid = ({ pod, node, why }: UnseenPod, pods: readonly string[]): Facts => ({
  ...{ 'wired-pod': pod, node, why },
  pods: [...pods],
});

export default defineStep({
  stage: 'cni',
  hop: 'veth',
  level: 'node',
  cost: 1,
  reads: ['services', 'pods', 'nodes'],
  runs: [ipLinks, routeTo, podNetworkNamespace, podNetwork, ownNetwork],
  from: ['pod', 'node'],
  to: ['service', 'pod', 'ip', 'host', 'node'],
  evidence: z.object({
    seen: z.array(z.strictObject({ ...flowPodSchema.shape, ...podDeviceViewSchema.shape })),
    unseen: z.array(unseenPodSchema),
  }),
  outcomes: {
    attached: 'pass',
    'address-missing': 'fail',
    'host-end-missing': 'fail',
    'device-down': 'fail',
    'off-the-bridge': 'fail',
    'ports-isolated': 'fail',
    'no-route-in-pod': 'fail',
    'wrong-gateway-address': 'fail',
    'gateway-silent': 'fail',
    'not-a-veth': 'unsure',
    'partly-seen': 'unsure',
    'no-pod': 'unsure',
  },

  async collect({ kube, node, pod }, flow) {
    const all = await podsOfFlow(kube, flow);
    const own = all.filter(({ host, address }) => !host && isAddress(address));
    const targets = await targetsOf(kube, flow, own);
    return await eachPod(own, (place) =>
      podDeviceView(
        { node: node(place.node), pod: pod({ namespace: place.namespace, name: place.pod }) },
        { place, targets: targets[place.role] },
      ),
    );
  },

  interpret({ seen, unseen }) {
    const words = seen.map((one) => ({ one, word: wordOf(one) }));
    const wrong = words.find(({ word }) => word !== 'attached' && word !== 'not-a-veth');
    const first = wrong ?? words.find(({ word }) => word !== 'attached');
    const apart = wrong ? undefined : seen.find((one) => seen.some((other) => isApart(one, other)));
    if (apart) return { outcome: 'ports-isolated', facts: told(apart) };
    if (first) return { outcome: first.word, facts: told(first.one) };
    const pods = seen.map(({ pod }) => pod);
    if (unseen[0]) return { outcome: 'partly-seen', facts: unsaid(unseen[0], pods) };
    return pods.length > 0 ? { outcome: 'attached', facts: { pods } } : { outcome: 'no-pod' };
  },
});
