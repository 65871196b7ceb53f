import type { Flow } from './flow.js';
import { nodesOfFlow } from './flow-nodes.js';
import { ifReadable } from './if-readable.js';
import type { KubeObject } from './kinds.js';
import { networkAgentOf, type placesOf } from './network-agent.js';
import type { ObjectReader } from './object-reader.js';

type Reader = ObjectReader<'services' | 'pods' | 'nodes'>;

/** The Nodes of a flow, and the agent of their network by the marks on the first of them. */
export const networkOfFlow = async (kube: Reader, flow: Pick<Flow, 'from' | 'to'>) => {
  const places = await nodesOfFlow(kube, flow);
  const first = places[0];
  const node = first && (await ifReadable(kube.get('nodes', { name: first.node })));
  return { places, node, network: node ? networkAgentOf(node) : undefined };
};

/** One request per Node and place: a DaemonSet of a large cluster would be a long list. */
export const agentOn = async (
  kube: ObjectReader<'pods'>,
  node: string,
  places: ReturnType<typeof placesOf>,
): Promise<{ pod: KubeObject<'pods'>; namespace: string } | undefined> => {
  for (const { namespace, labels } of places) {
    const [pod] = await kube.list('pods', { namespace, labels, fields: { 'spec.nodeName': node } });
    if (pod) return { pod, namespace };
  }
  return undefined;
};
