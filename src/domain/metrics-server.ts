import { dnsPods } from './cluster-dns.js';
import type { Flow } from './flow.js';
import { nodesOfFlow } from './flow-nodes.js';
import { ifAllowed } from './if-allowed.js';
import { ifReadable } from './if-readable.js';
import type { KubeObject } from './kinds.js';
import { nameOf } from './name-of.js';
import type { ObjectReader } from './object-reader.js';
import { isFinished } from './pod-state.js';
import { podsBehind } from './service-pods.js';
import { sourcePod } from './source-pod.js';
import { uniqueBy } from './unique-by.js';
import { isLimited, nodeShare, podShares, type Shares } from './usage.js';

type Pod = KubeObject<'pods'>;
type Ends = Pick<Flow, 'from' | 'to'>;
type Reader = ObjectReader<'pods' | 'services' | 'nodes' | 'pods.metrics.k8s.io' | 'nodes.metrics.k8s.io'>;

export interface RolePod {
  readonly pod: Pod;
  readonly role: 'server' | 'dns' | 'client';
}

// Pods of one template on a fourth Node rarely tell more.
const mostOfEach = 3;

const placed = (pods: readonly Pod[]) =>
  pods.filter((pod) => !isFinished(pod) && pod.spec?.nodeName && isLimited(pod)).slice(0, mostOfEach);

/** The Pods with limits that a flow depends on, each once: those behind its destination, the cluster DNS, its source. */
export const limitedPods = async (kube: Reader, { from, to }: Ends): Promise<RolePod[]> => {
  const [client, behind, dns] = await Promise.all([
    sourcePod(kube, { from }),
    to.kind === 'pod' || to.kind === 'service' ? podsBehind(kube, to) : undefined,
    ifReadable(dnsPods(kube)),
  ]);
  const all = [
    ...placed(behind?.pods ?? []).map((pod): RolePod => ({ pod, role: 'server' })),
    ...placed(dns ?? []).map((pod): RolePod => ({ pod, role: 'dns' })),
    ...placed(client ? [client] : []).map((pod): RolePod => ({ pod, role: 'client' })),
  ];
  return uniqueBy(all, ({ pod }) => placeOf(pod));
};

const placeOf = ({ metadata }: Pod) => `${metadata?.namespace}/${metadata?.name}`;

export interface UsedPod {
  readonly pod: string;
  readonly role: RolePod['role'];
  /** Absent where nothing of it is measured: it is new, its kubelet was not reached, or whoever asks may not know. */
  readonly shares?: Shares;
}

/**
 * What may not be read is missing for this Pod alone.
 * @throws CannotLook with `not-served` where there is no metrics-server
 */
export const usedPod = async (kube: Reader, { pod, role }: RolePod): Promise<UsedPod> => {
  const { namespace = '', name = '' } = pod.metadata ?? {};
  const usage = await ifAllowed(kube.get('pods.metrics.k8s.io', { namespace, name }));
  return { pod: placeOf(pod), role, ...(usage && { shares: podShares(pod, usage) }) };
};

export interface UsedNode {
  readonly node: string;
  readonly share?: number;
}

/**
 * Of the Nodes of a flow. Whoever may not read Nodes has no share of them, which is not that they have room.
 * @throws CannotLook with `not-served` where there is no metrics-server
 */
export const usedNodes = async (kube: Reader, flow: Ends): Promise<UsedNode[]> => {
  const ends = (await nodesOfFlow(kube, flow)).filter(({ role }) => role !== 'peer');
  return await Promise.all(
    ends.map(async ({ node: name }) => {
      const [node, usage] = await Promise.all([
        ifReadable(kube.get('nodes', { name })),
        ifAllowed(kube.get('nodes.metrics.k8s.io', { name })),
      ]);
      const share = node && usage && nodeShare(node, usage);
      return { node: node ? nameOf(node) : name, ...(share !== undefined && { share }) };
    }),
  );
};
