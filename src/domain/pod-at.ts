import { z } from 'zod';
import type { KubeObject } from './kinds.js';
import { nameOf } from './name-of.js';
import type { ObjectReader } from './object-reader.js';
import { isFinished, podIps } from './pod-state.js';
import { everyNamespace } from './ports.js';
import type { Asked } from './service-at.js';

type Pod = KubeObject<'pods'>;
type Reader = ObjectReader<'pods'>;

export const podAtSchema = z.strictObject({
  namespace: z.string(),
  name: z.string(),
  address: z.string(),
  port: z.int(),
  /** Its network is that of the node, so nothing has to lead there. */
  host: z.boolean(),
});
export type PodAt = z.infer<typeof podAtSchema>;

const openTo = (hostIP: string | undefined, address: string) =>
  hostIP === undefined || hostIP === '' || hostIP === '0.0.0.0' || hostIP === '::' || hostIP === address;

const inPod = (pod: Pod, { address, port, protocol }: Asked): PodAt[] => {
  if (isFinished(pod)) return [];
  const host = pod.spec?.hostNetwork ?? false;
  // A container that starts again and again beside the others is listed among the first ones.
  const containers = [...(pod.spec?.containers ?? []), ...(pod.spec?.initContainers ?? [])];
  const ports = containers
    .flatMap(({ ports: all }) => all ?? [])
    .filter((one) => (one.protocol ?? 'TCP') === protocol && openTo(one.hostIP, address))
    .filter((one) => (host ? one.containerPort : one.hostPort) === port);
  return ports.slice(0, 1).map(({ containerPort }) => ({
    namespace: pod.metadata?.namespace ?? '',
    name: nameOf(pod),
    address: podIps(pod)[0] ?? '',
    port: containerPort,
    host,
  }));
};

/** The Pods of a node to which a port of the node leads. */
export const podsAt = async (kube: Reader, asked: Asked): Promise<PodAt[]> => {
  if (asked.node === '') return [];
  const pods = await kube.list('pods', { namespace: everyNamespace, fields: { 'spec.nodeName': asked.node } });
  return pods.flatMap((pod) => inPod(pod, asked));
};
