import type { ObjectReader } from '../../domain/object-reader.js';
import { serviceAndEndpoints } from '../../domain/service-endpoints.js';
import { type Target, targetsOf, toTry } from '../../domain/targets.js';
import type { Bound } from './flow-address.js';
import { servingPods } from './serving-pods.js';

type Reader = ObjectReader<'services' | 'endpointslices' | 'pods'>;

const ofPod = async (kube: Reader, flow: Bound<'pod'>): Promise<Target[]> => {
  const [serving, pod] = await Promise.all([
    servingPods(kube, flow),
    kube.get('pods', { namespace: flow.to.namespace, name: flow.to.name }),
  ]);
  const node = pod?.spec?.nodeName ?? '';
  return serving.flatMap((one) => (one.ips[0] ? [{ address: one.ips[0], port: one.port, node, pod: one.pod }] : []));
};

const ofService = async (kube: Reader, flow: Bound<'service'>) => {
  const { service, slices } = await serviceAndEndpoints(kube, flow.to);
  return toTry(targetsOf(service, slices, flow));
};

/** Two ends on other nodes and one on the own node, which shows what the servers do without a network between. */
export const farAndNear = async (kube: Reader, flow: Bound<'service' | 'pod'>, node: string): Promise<Target[]> => {
  if (flow.protocol !== 'TCP') return [];
  const { to } = flow;
  const all = to.kind === 'pod' ? await ofPod(kube, { ...flow, to }) : await ofService(kube, { ...flow, to });
  return [...all.filter((one) => one.node !== node).slice(0, 2), ...all.filter((one) => one.node === node).slice(0, 1)];
};
