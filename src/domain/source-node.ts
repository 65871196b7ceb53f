import type { Flow } from './flow.js';
import type { ObjectReader } from './object-reader.js';

/** The Node a flow starts on; empty where it starts outside the cluster, or in a Pod without a place yet. */
export const sourceNode = async (kube: ObjectReader<'pods'>, from: Flow['from']): Promise<string> => {
  if (from.kind === 'node') return from.name;
  if (from.kind !== 'pod') return '';
  const pod = await kube.get('pods', { namespace: from.namespace, name: from.name });
  return pod?.spec?.nodeName ?? '';
};
