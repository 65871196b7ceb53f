import type { EndOf } from './flow.js';
import type { KubeObject } from './kinds.js';
import type { ObjectReader } from './object-reader.js';
import { selects } from './selector.js';

type Service = KubeObject<'services'>;
type Pod = KubeObject<'pods'>;

/** The Service of a flow and the Pods it selects, in the two requests that every check shares. */
export const serviceAndPods = async (
  kube: ObjectReader<'services' | 'pods'>,
  { namespace, name }: Pick<EndOf<'service'>, 'namespace' | 'name'>,
): Promise<{ service: Service | undefined; pods: Pod[] }> => {
  const service = await kube.get('services', { namespace, name });
  const labels = service?.spec?.selector;
  // An empty selector would ask for every Pod of the Namespace.
  return { service, pods: selects(labels) ? await kube.list('pods', { namespace, labels }) : [] };
};

/** The Pods at the far end: those a Service selects, or the one Pod the flow names. */
export const podsBehind = async (
  kube: ObjectReader<'services' | 'pods'>,
  to: EndOf<'service'> | EndOf<'pod'>,
): Promise<{ known: boolean; selecting: boolean; published: boolean; pods: Pod[] }> => {
  if (to.kind === 'pod') {
    const pod = await kube.get('pods', { namespace: to.namespace, name: to.name });
    return { known: true, selecting: true, published: false, pods: pod ? [pod] : [] };
  }
  const { service, pods } = await serviceAndPods(kube, to);
  const { selector, type, publishNotReadyAddresses: published = false } = service?.spec ?? {};
  const selecting = selects(selector) && type !== 'ExternalName';
  return { known: service !== undefined, selecting, published, pods };
};
