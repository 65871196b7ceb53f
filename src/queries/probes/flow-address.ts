import type { Flow } from '../../domain/flow.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import { portToTry } from '../../domain/service-port.js';
import { servingPods } from './serving-pods.js';

export interface Address {
  readonly host: string;
  readonly port: number;
}

type Reader = ObjectReader<'services' | 'pods'>;
type From = Flow['from']['kind'];
/** As much of a flow as says where it goes. */
export type Bound<T extends 'service' | 'pod' | 'ip' = 'service' | 'pod' | 'ip'> = Pick<Flow<From, T>, keyof Flow>;

const ofService = async (kube: Reader, flow: Bound<'service'>): Promise<Address | undefined> => {
  const service = await kube.get('services', { namespace: flow.to.namespace, name: flow.to.name });
  const host = service?.spec?.clusterIP;
  const port = portToTry(service, flow)?.port;
  return host && host !== 'None' && port ? { host, port } : undefined;
};

const ofPods = async (kube: Reader, flow: Bound<'service' | 'pod'>): Promise<Address | undefined> => {
  const [first] = await servingPods(kube, flow);
  const [host] = first?.ips ?? [];
  return first && host ? { host, port: first.port } : undefined;
};

/** Where a client of the flow sends to, whatever its protocol. */
export const sendsTo = async (kube: Reader, flow: Bound): Promise<Address | undefined> => {
  const { to, port } = flow;
  if (to.kind === 'ip') return typeof port === 'number' ? { host: to.address, port } : undefined;
  if (to.kind === 'pod') return await ofPods(kube, { ...flow, to });
  return (await ofService(kube, { ...flow, to })) ?? (await ofPods(kube, { ...flow, to }));
};

/**
 * Where a TCP client of the flow connects to, in numbers: the address of the Service, or of a Pod where there is none.
 * Undefined where nothing of the kind is known.
 */
export const addressOf = async (kube: Reader, flow: Bound) =>
  flow.protocol === 'TCP' ? await sendsTo(kube, flow) : undefined;
