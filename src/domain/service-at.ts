import { z } from 'zod';
import type { Protocol } from './flow.js';
import type { KubeObject } from './kinds.js';
import { nameOf } from './name-of.js';
import type { ObjectReader } from './object-reader.js';
import { everyNamespace } from './ports.js';

type Service = KubeObject<'services'>;
type Reader = ObjectReader<'services'>;

export const serviceAtSchema = z.strictObject({
  namespace: z.string(),
  name: z.string(),
  /** Of the Service itself, behind the node port. */
  port: z.int(),
  by: z.enum(['node-port', 'external-address', 'cluster-address']),
});
export type ServiceAt = z.infer<typeof serviceAtSchema>;

/** An address and port, and the node whose address it is; empty where it is none's. */
export interface Asked {
  readonly address: string;
  readonly port: number;
  readonly protocol: Protocol;
  readonly node: string;
}

const givenTo = ({ spec, status }: Service, address: string) =>
  (spec?.externalIPs ?? []).includes(address) || (status?.loadBalancer?.ingress ?? []).some(({ ip }) => ip === address);

const isClusterAddress = ({ spec }: Service, address: string) =>
  spec?.clusterIP === address || (spec?.clusterIPs?.includes(address) ?? false);

const portsIn = ({ spec }: Service, { port, protocol, node }: Asked) => {
  const ports = (spec?.ports ?? []).filter((one) => (one.protocol ?? 'TCP') === protocol);
  return {
    open: node === '' ? [] : ports.filter(({ nodePort }) => nodePort === port),
    listed: ports.filter((one) => one.port === port),
  };
};

const inService = (service: Service, asked: Asked): ServiceAt[] => {
  const { open, listed } = portsIn(service, asked);
  const own = { namespace: service.metadata?.namespace ?? '', name: nameOf(service) };
  const at = (by: ServiceAt['by'], ports: typeof open) => ports.map(({ port }) => ({ ...own, port, by }));
  if (open.length > 0) return at('node-port', open);
  if (givenTo(service, asked.address)) return at('external-address', listed);
  return isClusterAddress(service, asked.address) ? at('cluster-address', listed) : [];
};

const ofType = (kube: Reader, type: string) =>
  kube.list('services', { namespace: everyNamespace, fields: { 'spec.type': type } });

/** The Services with a node port, or with an address that the cluster gives them, at this place. */
export const servicesAt = async (kube: Reader, asked: Asked): Promise<ServiceAt[]> => {
  const open = (await Promise.all([ofType(kube, 'NodePort'), ofType(kube, 'LoadBalancer')])).flat();
  const found = open.flatMap((service) => inService(service, asked));
  if (found.length > 0 || asked.node !== '') return found;
  const fields = { 'spec.clusterIP': asked.address };
  const named = await kube.list('services', { namespace: everyNamespace, fields });
  // Any Service may have external addresses, and nothing selects those that do.
  const others = named.length > 0 ? named : await ofType(kube, 'ClusterIP');
  return others.flatMap((service) => inService(service, asked));
};
