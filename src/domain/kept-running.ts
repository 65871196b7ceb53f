import type { KubeObject } from './kinds.js';
import type { ObjectReader } from './object-reader.js';
import type { Labels } from './selector.js';

// The Pods of an installation are labelled alike, and end. A step lists Pods of all Namespaces only by a field as well:
// that keeps mistakes small.
const fields = { 'spec.restartPolicy': 'Always' };

/** The Pods that something keeps running, by their labels, in one Namespace or in all. */
export const keptRunning = (
  kube: ObjectReader<'pods'>,
  labels: Labels,
  namespace: string,
): Promise<KubeObject<'pods'>[]> => kube.list('pods', { namespace, labels, fields });
