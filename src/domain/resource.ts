import { z } from 'zod';

export const resourceKinds = ['ephemeral-container', 'probe-pod', 'node-pod'] as const;

/** Something the program has put into the cluster. */
export const resourceSchema = z.strictObject({
  kind: z.enum(resourceKinds),
  namespace: z.string(),
  /** The Pod that was made, or the one a container was added to. */
  pod: z.string(),
  container: z.string(),
  uid: z.string(),
  image: z.string(),
  /** When it ends by itself, whatever becomes of this process. UTC. */
  expires: z.string(),
});
export type Resource = z.infer<typeof resourceSchema>;

export const removalSchema = z.strictObject({
  ...resourceSchema.pick({ kind: true, namespace: true, pod: true, container: true }).shape,
  /** `ended`: an ephemeral container stays in its Pod, but nothing runs in it. `left`: it is still there, see `why`. */
  outcome: z.enum(['removed', 'ended', 'left']),
  why: z.string().optional(),
});
export type Removal = z.infer<typeof removalSchema>;

/** What became of things in the cluster, as the journal keeps it. */
export type ResourceEvent =
  | { readonly type: 'resource.created'; readonly data: Resource }
  | { readonly type: 'resource.removed'; readonly data: Removal };

export const isSameResource = (one: Omit<Removal, 'outcome'>, other: Omit<Removal, 'outcome'>) =>
  (['kind', 'namespace', 'pod', 'container'] as const).every((key) => one[key] === other[key]);
