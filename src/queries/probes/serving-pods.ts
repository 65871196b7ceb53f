import { isIP } from 'node:net';
import { containerPorts, targetNumber } from '../../domain/container-port.js';
import type { EndKind, Flow } from '../../domain/flow.js';
import type { KubeObject } from '../../domain/kinds.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import { podIps } from '../../domain/pod-state.js';
import { podsBehind } from '../../domain/service-pods.js';
import { portsMeant, servicePorts } from '../../domain/service-port.js';

/** A running Pod at the far end, and the number of the port it has to serve there. */
export interface ServingPod {
  readonly pod: string;
  readonly namespace: string;
  /** First the one to which its peers come. */
  readonly ips: readonly string[];
  readonly port: number;
}

type To = 'service' | 'pod';
type Pod = KubeObject<'pods'>;

const askedOf = ({ port, protocol }: Pick<Flow, 'port' | 'protocol'>, pod: Pod) => {
  const offered = containerPorts(pod).filter((one) => one.protocol === protocol);
  if (port === undefined) return offered.length === 1 ? offered[0]?.port : undefined;
  return typeof port === 'number' ? port : offered.find(({ name }) => name === port)?.port;
};

const isUp = ({ status, metadata }: Pod) => status?.phase === 'Running' && !metadata?.deletionTimestamp;

/** A Service leads to the addresses of its own first family, whatever the first of a Pod is. */
const inOrder = (ips: readonly string[], service: KubeObject<'services'> | undefined) => {
  const version = { IPv4: 4, IPv6: 6 }[service?.spec?.ipFamilies?.[0] ?? ''];
  return ips.toSorted((a, b) => Number(isIP(b) === version) - Number(isIP(a) === version));
};

/** At most three: they come from one template, so more of them tell little more. */
export const servingPods = async (
  kube: ObjectReader<'services' | 'pods'>,
  flow: Pick<Flow<EndKind, To>, 'to' | 'port' | 'protocol'>,
): Promise<ServingPod[]> => {
  const { pods } = await podsBehind(kube, flow.to);
  const { to } = flow;
  const service =
    to.kind === 'service' ? await kube.get('services', { namespace: to.namespace, name: to.name }) : undefined;
  const meant = portsMeant(servicePorts(service), flow)[0];
  const numberIn = (pod: Pod) =>
    to.kind === 'pod' ? askedOf(flow, pod) : meant && targetNumber(meant, containerPorts(pod));
  return pods
    .filter((pod) => isUp(pod) && podIps(pod).length > 0)
    .flatMap((pod) => {
      const port = numberIn(pod);
      return port
        ? [{ pod: pod.metadata?.name ?? '', namespace: to.namespace, ips: inOrder(podIps(pod), service), port }]
        : [];
    })
    .slice(0, 3);
};
