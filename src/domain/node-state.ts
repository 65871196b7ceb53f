import { z } from 'zod';
import type { KubeObject } from './kinds.js';
import type { ObjectReader } from './object-reader.js';

export const nodeStateSchema = z.strictObject({
  name: z.string(),
  /** Status of the condition Ready; `absent` when there is no such Node. */
  ready: z.string(),
  reason: z.string(),
  message: z.string(),
});
export type NodeState = z.infer<typeof nodeStateSchema>;

/** Each Node costs a request of its own, because a list carries every image of every Node. */
const most = 8;

export const nodeState = (name: string, node: KubeObject<'nodes'> | undefined): NodeState => {
  if (!node) return { name, ready: 'absent', reason: 'NodeAbsent', message: '' };
  const ready = node.status?.conditions?.find(({ type }) => type === 'Ready');
  return { name, ready: ready?.status ?? 'Unknown', reason: ready?.reason ?? '', message: ready?.message ?? '' };
};

/** The state of the first eight of `names`, and the names that were left out. */
export const nodeStates = async (kube: ObjectReader<'nodes'>, names: readonly string[]) => {
  const distinct = [...new Set(names)].filter((name) => name !== '');
  const nodes = await Promise.all(
    distinct.slice(0, most).map(async (name) => nodeState(name, await kube.get('nodes', { name }))),
  );
  return { nodes, unseen: distinct.slice(most) };
};

export const isDown = ({ ready }: Pick<NodeState, 'ready'>): boolean => ready !== 'True';
