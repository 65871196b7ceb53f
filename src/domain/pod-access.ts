import { z } from 'zod';

/** The ways into the network of a Pod, strongest first. */
export const podAccess = ['exec', 'ephemeral', 'node', 'probe-pod'] as const;
export type PodAccess = (typeof podAccess)[number];

/** What `--pod-access` says: the ways that may be taken, in the order in which they are tried. */
export const podAccessSchema = z.string().transform((text, context) => {
  const words = text === 'none' ? [] : text.split(',').map((word) => word.trim());
  const unknown = words.find((word) => !(podAccess as readonly string[]).includes(word));
  if (unknown === undefined) return [...new Set(words as PodAccess[])];
  context.addIssue({
    code: 'custom',
    message: `"${unknown}" is no way into a Pod; write some of ${podAccess.join(',')}, or none`,
  });
  return z.NEVER;
});

export interface AccessRight {
  readonly verb: 'get' | 'list' | 'create' | 'patch' | 'delete';
  readonly resource: string;
}

const exec: AccessRight = { verb: 'create', resource: 'pods/exec' };

/** What each way uses of the core API beyond reading: allowlist, preflight and the RBAC manifest are made from it. */
export const rightsOfAccess: Readonly<Record<PodAccess, readonly AccessRight[]>> = {
  exec: [exec],
  ephemeral: [{ verb: 'patch', resource: 'pods/ephemeralcontainers' }, exec],
  // Whoever gets onto the node needs nothing of the API.
  node: [],
  'probe-pod': [{ verb: 'create', resource: 'pods' }, { verb: 'delete', resource: 'pods' }, exec],
};

/** The ways for which something is made in the cluster, out of the image of `--probe-image`. */
export const makesSomething = (access: PodAccess) => access === 'ephemeral' || access === 'probe-pod';

/** The ways that are open to a session: without an image there is nothing to make anything of. */
export const waysOpen = (asked: readonly PodAccess[], image: string | undefined): PodAccess[] =>
  asked.filter((access) => image !== undefined || !makesSomething(access));
