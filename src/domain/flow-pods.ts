import { z } from 'zod';
import type { Flow } from './flow.js';
import type { KubeObject } from './kinds.js';
import { nameOf } from './name-of.js';
import type { ObjectReader } from './object-reader.js';
import { isFinished, podIps } from './pod-state.js';
import { podsBehind } from './service-pods.js';
import { sourcePod } from './source-pod.js';

export const flowPodSchema = z.strictObject({
  namespace: z.string(),
  pod: z.string(),
  node: z.string(),
  /** Empty where the Pod has none yet. */
  address: z.string(),
  role: z.enum(['source', 'destination']),
  /** Its network is that of its Node. */
  host: z.boolean(),
  /** Of its first container that runs, without the name of the runtime. */
  container: z.string().optional(),
});
export type FlowPod = z.infer<typeof flowPodSchema>;

type Pod = KubeObject<'pods'>;

// Pods of one template on a fourth Node rarely tell more.
const most = 3;

// "containerd://7b0a1095821a9a6f…"
const containerOf = ({ status }: Pod) =>
  status?.containerStatuses?.find(({ containerID }) => containerID)?.containerID?.replace(/^.*:\/\//, '');

const described = (pod: Pod, role: FlowPod['role']): FlowPod => {
  const container = containerOf(pod);
  return {
    namespace: pod.metadata?.namespace ?? '',
    pod: nameOf(pod),
    node: pod.spec?.nodeName ?? '',
    address: podIps(pod)[0] ?? '',
    role,
    host: pod.spec?.hostNetwork ?? false,
    ...(container ? { container } : {}),
  };
};

/** The Pods at both ends of a flow that were given a Node, at most three of the destination and of each Node one first. */
export const podsOfFlow = async (
  kube: ObjectReader<'services' | 'pods'>,
  { from, to }: Pick<Flow, 'from' | 'to'>,
): Promise<FlowPod[]> => {
  const [source, behind] = await Promise.all([
    sourcePod(kube, { from }),
    to.kind === 'pod' || to.kind === 'service' ? podsBehind(kube, to) : undefined,
  ]);
  const placed = (behind?.pods ?? [])
    .filter((pod) => !isFinished(pod) && !pod.metadata?.deletionTimestamp && pod.spec?.nodeName)
    .map((pod) => described(pod, 'destination'))
    .toSorted((a, b) => (a.node === b.node ? 0 : a.node < b.node ? -1 : 1));
  const firsts = [...Map.groupBy(placed, ({ node }) => node).values()].flatMap(([first]) => first ?? []);
  const chosen = [...firsts, ...placed.filter((pod) => !firsts.includes(pod))].slice(0, most);
  return [...(source?.spec?.nodeName ? [described(source, 'source')] : []), ...chosen];
};
