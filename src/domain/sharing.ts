import { z } from 'zod';
import { cannotLookCodeSchema } from './cannot-look.js';

/** The place at which a cause stops a flow, which says who else comes past it. */
export const hops = [
  /** The Service itself: what it says, and where it leads. */
  'service',
  /** The Pods at the far end. */
  'destination',
  /** The Pod the flow starts in. */
  'source',
  /** The NetworkPolicies that the findings name. */
  'policy',
  /** The nodes that the findings call `node` and `other`. */
  'node',
  'other-node',
  'node-of-source',
  'node-of-destination',
  /** What lies between two nodes. */
  'node-pair',
  /** The way out of the cluster from the node of the source. */
  'node-egress',
  'ingress',
  'ingress-controller',
  'cluster-dns',
  'cluster',
  /** The destination outside, or what stands before it. */
  'outside',
  /** This flow's own, or nobody can say whose else it is. */
  'none',
] as const;
export const hopSchema = z.enum(hops);
export type Hop = z.infer<typeof hopSchema>;

/** Neither can be the name of a Namespace. */
export const allNamespaces = '*';
export const otherNamespaces = '+';

const sharerSchema = z.enum(['pods', 'services', 'ingresses', 'routes']);
export type Sharer = z.infer<typeof sharerSchema>;

/** Who comes past the hop at which the best cause stops the flow, besides the flow itself. */
export const sharingSchema = z.strictObject({
  hop: hopSchema,
  /** What the hop is called: `NAMESPACE/NAME`, or the name of a node. Empty where it is the whole cluster. */
  at: z.array(z.string()),
  /** Looked for and counted, also where there is none. A kind that does not matter to the hop is absent. */
  groups: z.array(
    z.strictObject({
      kind: sharerSchema,
      /** The first by name, as `NAMESPACE/NAME`. */
      names: z.array(z.string()),
      count: z.int().min(0),
      /** The list was cut: there may be others. */
      more: z.boolean(),
    }),
  ),
  /** What could not be looked for, or was not: nobody knows whether there are any. */
  unseen: z.array(
    z.strictObject({
      kind: sharerSchema,
      /** A Namespace, `allNamespaces`, or `otherNamespaces`: those beside the ones that were looked in. */
      where: z.string(),
      code: z.union([cannotLookCodeSchema, z.literal('not-asked')]),
    }),
  ),
});
export type Sharing = z.infer<typeof sharingSchema>;
