import { z } from 'zod';
import type { Flow } from './flow.js';
import { ifReadable } from './if-readable.js';
import type { KubeObject } from './kinds.js';
import { nameOf } from './name-of.js';
import { someNodes } from './node-address.js';
import type { ObjectReader } from './object-reader.js';
import { podsBehind } from './service-pods.js';
import { sourceNode } from './source-node.js';

export const flowNodeSchema = z.strictObject({
  node: z.string(),
  /** A `peer` is a Ready Node that the flow does not touch: what differs from it stands out. */
  role: z.enum(['source', 'destination', 'peer']),
});
export type FlowNode = z.infer<typeof flowNodeSchema>;

type Reader = ObjectReader<'services' | 'pods' | 'nodes'>;

// Every Node is read, and Pods of one template on a fourth Node rarely tell more.
const mostDestinations = 3;

const destinationNodes = async (kube: Reader, to: Flow['to']) => {
  if (to.kind === 'node') return [to.name];
  if (to.kind !== 'pod' && to.kind !== 'service') return [];
  const { pods } = await podsBehind(kube, to);
  return pods.map(({ spec }) => spec?.nodeName ?? '');
};

const isPeer = ({ metadata, status }: KubeObject<'nodes'>) =>
  metadata?.labels?.['kubernetes.io/os'] !== 'windows' &&
  (status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') ?? false);

/**
 * The Nodes a flow starts and ends on, each once, and one peer where the cluster has another. A flow between Nodes
 * that are given by name or address needs no API.
 * @throws CannotLook where the ends themselves cannot be read
 */
export const nodesOfFlow = async (kube: Reader, { from, to }: Pick<Flow, 'from' | 'to'>): Promise<FlowNode[]> => {
  const [source, destinations, nodes] = await Promise.all([
    sourceNode(kube, from),
    destinationNodes(kube, to),
    ifReadable(kube.list('nodes', { limit: someNodes })),
  ]);
  const ends = new Map<string, FlowNode['role']>([[source, 'source']]);
  for (const node of new Set(destinations.slice().sort()))
    if (!ends.has(node) && ends.size < 1 + mostDestinations) ends.set(node, 'destination');
  ends.delete('');
  // An end may be given by its address instead of its name.
  const isEnd = (node: KubeObject<'nodes'>) =>
    ends.has(nameOf(node)) || (node.status?.addresses ?? []).some(({ address }) => ends.has(address));
  const other = nodes?.find((node) => isPeer(node) && !isEnd(node));
  const peer = other && nameOf(other);
  const all = [...ends].map(([node, role]): FlowNode => ({ node, role }));
  return peer === undefined ? all : [...all, { node: peer, role: 'peer' }];
};
