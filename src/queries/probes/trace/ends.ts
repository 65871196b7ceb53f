import { CannotLook } from '../../../domain/cannot-look.js';
import type { Flow } from '../../../domain/flow.js';
import type { ObjectReader } from '../../../domain/object-reader.js';
import { podIps } from '../../../domain/pod-state.js';
import { serviceAndEndpoints } from '../../../domain/service-endpoints.js';
import { portsMeant, servicePorts } from '../../../domain/service-port.js';
import { type Target, targetsOf } from '../../../domain/targets.js';
import { isAddress } from '../../../parse/addresses.js';
import { targetOfPod } from '../target-of-pod.js';

export interface Ends {
  readonly asked: { readonly address: string; readonly port: number };
  readonly sources: readonly string[];
  /** Also those of nodes where nobody listens: what is sent to one of them is sent right. */
  readonly endpoints: readonly Target[];
}

type Reader = ObjectReader<'services' | 'pods' | 'endpointslices'>;
type To<K extends 'pod' | 'service'> = Flow<Flow['from']['kind'], K>;

const toService = async (kube: Reader, flow: To<'service'>): Promise<Omit<Ends, 'sources'>> => {
  const { service, slices } = await serviceAndEndpoints(kube, flow.to);
  const port = portsMeant(servicePorts(service), flow)[0]?.port;
  const endpoints = targetsOf(service, slices, flow);
  const address = service?.spec?.clusterIP ?? '';
  if (port !== undefined && isAddress(address)) return { asked: { address, port }, endpoints };
  // A headless Service has no address of its own: its clients go to its endpoints.
  const [first] = endpoints;
  if (!first) throw new CannotLook('lost', 'There is no address and port to try.');
  return { asked: { address: first.address, port: first.port }, endpoints: [first] };
};

const toPod = async (kube: Reader, flow: To<'pod'>): Promise<Omit<Ends, 'sources'>> => {
  const target = await targetOfPod(kube, flow);
  if (!target) throw new CannotLook('lost', 'There is no address and port to try.');
  return { asked: { address: target.address, port: target.port }, endpoints: [target] };
};

/** The addresses between which a trace listens. */
export const endsOf = async (kube: Reader, flow: Flow<'pod', 'pod' | 'service'>): Promise<Ends> => {
  const [source, far] = await Promise.all([
    kube.get('pods', { namespace: flow.from.namespace, name: flow.from.name }),
    flow.to.kind === 'service' ? toService(kube, flow as To<'service'>) : toPod(kube, flow as To<'pod'>),
  ]);
  const sources = source ? podIps(source) : [];
  if (sources.length === 0) throw new CannotLook('lost', 'The source Pod has no address.');
  return { sources, ...far };
};
