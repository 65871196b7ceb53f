import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { type FlowNode, flowNodeSchema } from '../../domain/flow-nodes.js';

export const unseenSchema = z.strictObject({ ...flowNodeSchema.shape, why: z.string() });
export type Unseen = z.infer<typeof unseenSchema>;

/**
 * Looks at all Nodes side by side. One that cannot be looked at is said by name and hides none of the others.
 * @throws CannotLook where none could be looked at, and whatever else was thrown
 */
export const eachNode = async <T extends object>(
  nodes: readonly FlowNode[],
  look: (place: FlowNode) => Promise<T>,
): Promise<{ seen: (FlowNode & T)[]; unseen: Unseen[] }> => {
  const ends = await Promise.allSettled(nodes.map(async (place) => ({ ...place, ...(await look(place)) })));
  const refused = ends.flatMap((end, index) => {
    if (end.status === 'fulfilled') return [];
    if (!(end.reason instanceof CannotLook)) throw end.reason;
    return [{ place: nodes[index] as FlowNode, error: end.reason }];
  });
  const seen = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []));
  if (seen.length === 0 && refused[0]) throw refused[0].error;
  return { seen, unseen: refused.map(({ place, error }) => ({ ...place, why: error.message })) };
};
