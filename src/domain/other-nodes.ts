import type { FlowNode } from './flow-nodes.js';
import { nameOf } from './name-of.js';
import type { ObjectReader } from './object-reader.js';

/** The Nodes of a flow and others of the cluster, up to so many: any of them may stand at the door for a client outside. */
export const withOtherNodes = async (
  kube: ObjectReader<'nodes'>,
  nodes: readonly FlowNode[],
  most: number,
): Promise<FlowNode[]> => {
  const all = await kube.list('nodes', { limit: most });
  const more = all.map(nameOf).filter((name) => !nodes.some((place) => place.node === name));
  return [...nodes, ...more.map((node): FlowNode => ({ node, role: 'peer' }))].slice(0, most);
};
