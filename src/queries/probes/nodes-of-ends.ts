import { CannotLook } from '../../domain/cannot-look.js';
import type { FlowNode } from '../../domain/flow-nodes.js';
import { eachNode, type Unseen } from './each-node.js';

/**
 * Looks at the Nodes of the two ends and at a peer, all side by side. The peer is only there to compare with, so one
 * that cannot be looked at hides nothing.
 * @throws CannotLook where no Node of the ends could be looked at
 */
export const nodesOfEnds = async <T extends object>(
  nodes: readonly FlowNode[],
  look: (place: FlowNode) => Promise<T>,
): Promise<{ seen: (FlowNode & T)[]; unseen: Unseen[] }> => {
  const peers = nodes.filter(({ role }) => role === 'peer');
  const beside = eachNode(peers, look).catch((error: unknown) => {
    if (!(error instanceof CannotLook)) throw error;
    return { seen: [], unseen: peers.map((place) => ({ ...place, why: error.message })) };
  });
  const [ends, others] = await Promise.all([
    eachNode(
      nodes.filter(({ role }) => role !== 'peer'),
      look,
    ),
    beside,
  ]);
  return { seen: [...ends.seen, ...others.seen], unseen: [...ends.unseen, ...others.unseen] };
};

/** @throws CannotLook where the Node of the source is among those that could not be looked at: nothing stands in for it */
export const sourceSeen = <T extends { readonly unseen: readonly Unseen[] }>(looked: T): T => {
  const blind = looked.unseen.find(({ role }) => role === 'source');
  if (blind) throw new CannotLook('lost', `${blind.node}: ${blind.why}`);
  return looked;
};
