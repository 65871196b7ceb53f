import type { EndKind, Flow } from '../../domain/flow.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import type { Target } from '../../domain/targets.js';
import { servingPods } from './serving-pods.js';

type ToPod = Pick<Flow<EndKind, 'pod'>, 'to' | 'port' | 'protocol'>;

/** Where a flow to one Pod ends; undefined where the Pod has no address, or no port is known. */
export const targetOfPod = async (kube: ObjectReader<'pods'>, flow: ToPod): Promise<Target | undefined> => {
  const [serving] = await servingPods(kube, flow);
  const address = serving?.ips[0];
  if (!serving || address === undefined) return undefined;
  const pod = await kube.get('pods', { namespace: flow.to.namespace, name: flow.to.name });
  return { address, port: serving.port, pod: serving.pod, node: pod?.spec?.nodeName ?? '' };
};
