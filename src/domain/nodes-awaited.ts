import type { Flow } from './flow.js';
import { type FlowNode, nodesOfFlow } from './flow-nodes.js';
import type { KubeObject } from './kinds.js';
import type { ObjectReader } from './object-reader.js';
import { isFinished } from './pod-state.js';
import { podsBehind } from './service-pods.js';
import { sourcePod } from './source-pod.js';

type Reader = ObjectReader<'services' | 'pods' | 'nodes'>;

/** A Pod that waits for one certain Node: that Node is where to look for what it waits for. */
const awaited = (pod: KubeObject<'pods'>): string[] => {
  const wanted = pod.spec?.nodeSelector?.['kubernetes.io/hostname'];
  return wanted && !pod.spec?.nodeName && !isFinished(pod) ? [wanted] : [];
};

/** The Nodes of a flow, and those that Pods of it are still waiting for. */
export const nodesAwaited = async (kube: Reader, { from, to }: Pick<Flow, 'from' | 'to'>): Promise<FlowNode[]> => {
  const [nodes, source, behind] = await Promise.all([
    nodesOfFlow(kube, { from, to }),
    sourcePod(kube, { from }),
    to.kind === 'pod' || to.kind === 'service' ? podsBehind(kube, to) : undefined,
  ]);
  const ends = nodes.filter(({ role }) => role !== 'peer');
  const more = [...(source ? [source] : []), ...(behind?.pods ?? [])].flatMap(awaited);
  const added = [...new Set(more)]
    .filter((name) => !ends.some(({ node }) => node === name))
    .map((node): FlowNode => ({ node, role: 'destination' }));
  const peers = nodes.filter(({ node, role }) => role === 'peer' && !added.some((one) => one.node === node));
  return [...ends, ...added, ...peers];
};
