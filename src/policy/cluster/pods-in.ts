import type { KubeObject } from '../../domain/kinds.js';
import type { ObjectReader } from '../../domain/object-reader.js';

/** Beyond that a list is long, and nothing may be said for the part that was not read. */
export const mostPods = 500;

/** The Pods of a namespace, in the one request that the checks of policies share. */
export const podsIn = (kube: ObjectReader<'pods'>, namespace: string): Promise<KubeObject<'pods'>[]> =>
  kube.list('pods', { namespace, limit: mostPods });
