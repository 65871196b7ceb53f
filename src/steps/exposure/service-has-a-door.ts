import { z } from 'zod';
import { capped } from '../../domain/capped.js';
import { type Door, doorOf } from '../../domain/door.js';
import type { Flow } from '../../domain/flow.js';
import { givenAddresses } from '../../domain/given-addresses.js';
import { servicesBehind } from '../../domain/ingress-route.js';
import type { KubeObject } from '../../domain/kinds.js';
import { nameOf } from '../../domain/name-of.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import { anyEnd, defineStep } from '../../domain/step.js';

const doors = [
  'load-balancer',
  'external-address',
  'node-port',
  'host-port',
  'ingress',
  'inside-only',
  'cluster-address',
  'no-door',
  'no-such-object',
] as const;
const evidenceSchema = z.object({
  by: z.enum(doors),
  /** Whose door it is, as a flow names it. */
  owner: z.string(),
  addresses: z.array(z.string()),
  /** Ingresses that lead to the Service. */
  ingresses: z.array(z.string()),
});
type Evidence = z.infer<typeof evidenceSchema>;
type Service = KubeObject<'services'>;
type Reader = ObjectReader<'services' | 'nodes' | 'pods' | 'ingresses'>;

const none = { owner: '', addresses: [], ingresses: [] };

const ofService = (service: Service): Pick<Evidence, 'by' | 'addresses'> => {
  const { type, externalIPs = [] } = service.spec ?? {};
  if (type === 'LoadBalancer') return { by: 'load-balancer', addresses: givenAddresses(service) };
  if (externalIPs.length > 0) return { by: 'external-address', addresses: externalIPs };
  return { by: type === 'NodePort' ? 'node-port' : 'inside-only', addresses: [] };
};

const ofPlace = (door: Door | undefined): Evidence => {
  const [service, pod] = [door?.services[0], door?.pods[0]];
  const addresses = door ? [door.address] : [];
  if (service) return { ...none, by: service.by, owner: `svc/${service.namespace}/${service.name}`, addresses };
  if (!pod) return { ...none, by: 'no-door', addresses };
  // On the address of a node a Pod has a host port, or the network of the node; on its own it is no door at all.
  return {
    ...none,
    by: door?.node ? 'host-port' : 'cluster-address',
    owner: `pod/${pod.namespace}/${pod.name}`,
    addresses,
  };
};

const look = async (
  kube: Reader,
  flow: Flow<Flow['from']['kind'], 'service' | 'node' | 'ingress' | 'ip'>,
): Promise<Evidence> => {
  const { to } = flow;
  if (to.kind === 'node' || to.kind === 'ip')
    return ofPlace(await doorOf(kube, { ...flow, from: { kind: 'outside' }, to }));
  const { namespace, name } = to;
  const ingresses = await kube.list('ingresses', { namespace });
  if (to.kind === 'ingress') {
    const found = ingresses.some((one) => nameOf(one) === name);
    return { ...none, by: found ? 'ingress' : 'no-such-object', owner: `ing/${namespace}/${name}` };
  }
  const service = await kube.get('services', { namespace, name });
  if (!service) return { ...none, by: 'no-such-object', owner: `svc/${namespace}/${name}` };
  const leading = ingresses
    .filter((one) => servicesBehind(one).includes(name))
    .map((one) => `ing/${namespace}/${nameOf(one)}`);
  return { ...ofService(service), owner: `svc/${namespace}/${name}`, ingresses: capped(leading) };
};

export default defineStep({
  stage: 'exposure',
  level: 'observe',
  cost: 0,
  reads: ['services', 'nodes', 'pods', 'ingresses'],
  runs: [],
  from: anyEnd,
  to: ['service', 'node', 'ingress', 'ip'],
  evidence: evidenceSchema,
  outcomes: {
    'load-balancer': 'pass',
    'external-address': 'pass',
    'node-port': 'pass',
    'host-port': 'pass',
    ingress: 'pass',
    // Reached through an Ingress, or by nobody outside.
    'inside-only': 'warn',
    'cluster-address': 'warn',
    'no-door': 'unsure',
    'no-such-object': 'unsure',
  },

  collect: ({ kube }, flow) => look(kube, flow),

  interpret({ by, owner, addresses, ingresses }) {
    return { outcome: by, facts: { owner, addresses: capped(addresses), ingresses } };
  },
});
