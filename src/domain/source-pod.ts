import type { Flow } from './flow.js';
import type { KubeObject } from './kinds.js';
import type { ObjectReader } from './object-reader.js';

/** The Pod that a flow comes from; `undefined` where it comes from elsewhere. */
export const sourcePod = async (
  kube: ObjectReader<'pods'>,
  { from }: Pick<Flow, 'from'>,
): Promise<KubeObject<'pods'> | undefined> =>
  from.kind === 'pod' ? await kube.get('pods', { namespace: from.namespace, name: from.name }) : undefined;
