import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import type { FlowPod } from '../../domain/flow-pods.js';

export const unseenPodSchema = z.strictObject({ pod: z.string(), node: z.string(), why: z.string() });
export type UnseenPod = z.infer<typeof unseenPodSchema>;

/**
 * Looks at all Pods side by side. One that cannot be looked at is said by name and hides none of the others.
 * @throws CannotLook where none could be looked at, and whatever else was thrown
 */
export const eachPod = async <T extends object>(
  pods: readonly FlowPod[],
  look: (pod: FlowPod) => Promise<T>,
): Promise<{ seen: (FlowPod & T)[]; unseen: UnseenPod[] }> => {
  const ends = await Promise.allSettled(pods.map(async (pod) => ({ ...pod, ...(await look(pod)) })));
  const seen = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []));
  const refused = ends.flatMap((end, index) => {
    if (end.status === 'fulfilled') return [];
    if (!(end.reason instanceof CannotLook)) throw end.reason;
    return [{ pod: pods[index] as FlowPod, error: end.reason }];
  });
  if (seen.length === 0 && refused[0]) throw refused[0].error;
  return { seen, unseen: refused.map(({ pod: { pod, node }, error }) => ({ pod, node, why: error.message })) };
};
