import { z } from 'zod';
import type { AccessRight } from './pod-access.js';

/** The ways onto nodes. For `debug` a Pod is made there, so it is never taken unless it is named. */
export const nodeAccess = ['ssh', 'pod', 'debug'] as const;
export type NodeAccess = (typeof nodeAccess)[number];

/** The ways that change nothing in the cluster. */
export const usualNodeAccess = ['ssh', 'pod'] as const satisfies readonly NodeAccess[];

/** What `--node-access` says: the ways that may be tried, best first. */
export const nodeAccessSchema = z.string().transform((text, context) => {
  const words = text === 'none' ? [] : text.split(',').map((word) => word.trim());
  const unknown = words.find((word) => !nodeAccess.some((way) => way === word));
  if (unknown === undefined) return [...new Set(words as NodeAccess[])];
  context.addIssue({
    code: 'custom',
    message: `"${unknown}" is no way onto a node; write some of ${nodeAccess.join(',')}, or none`,
  });
  return z.NEVER;
});

/** What a Pod on a node takes of the core API, in the namespace it is made in. */
export const rightsOfNodePod: readonly AccessRight[] = [
  { verb: 'create', resource: 'pods' },
  { verb: 'delete', resource: 'pods' },
  { verb: 'create', resource: 'pods/exec' },
];
