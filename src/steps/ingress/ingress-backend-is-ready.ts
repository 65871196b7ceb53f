import { z } from 'zod';
import { capped } from '../../domain/capped.js';
import { addressesOf, carrying, endpointSchema, usable } from '../../domain/endpoints.js';
import { ifReadable } from '../../domain/if-readable.js';
import { requestWords, routeOf, routeSchema } from '../../domain/ingress-route.js';
import { nameOf } from '../../domain/name-of.js';
import { nearNames } from '../../domain/near-names.js';
import { serviceAndEndpoints } from '../../domain/service-endpoints.js';
import { isAsked, portWords, type ServicePort, servicePortSchema, servicePorts } from '../../domain/service-port.js';
import { anyEnd, defineStep } from '../../domain/step.js';

const evidenceSchema = z.object({
  route: routeSchema.optional(),
  known: z.boolean(),
  /** An ExternalName has no endpoints. */
  external: z.boolean(),
  ports: z.array(servicePortSchema),
  endpoints: z.array(endpointSchema),
  near: z.array(z.string()),
});
type Evidence = z.infer<typeof evidenceSchema>;

// Controllers of nginx also take the number of the target port for the port of a backend.
const isMeant = (port: ServicePort, asked: number | string) => isAsked(port, asked) || port.target === asked;

const judge = ({ route, known, external, ports, endpoints }: Evidence) => {
  if (!route?.backend) return { outcome: 'no-backend' } as const;
  if (!known) return { outcome: 'service-missing' } as const;
  if (external) return { outcome: 'external' } as const;
  const { port } = route.backend;
  const meant = ports.filter((one) => one.protocol === 'TCP' && isMeant(one, port));
  if (meant.length === 0) return { outcome: 'port-missing' } as const;
  const listed = carrying(endpoints, meant);
  const ready = addressesOf(usable(listed));
  if (ready.length > 0) return { outcome: 'ready', ready } as const;
  return { outcome: listed.length > 0 ? 'none-ready' : 'no-endpoints' } as const;
};

export default defineStep({
  stage: 'ingress',
  level: 'observe',
  cost: 0,
  reads: ['ingresses', 'services', 'endpointslices'],
  runs: [],
  from: anyEnd,
  to: ['ingress'],
  evidence: evidenceSchema,
  outcomes: {
    ready: 'pass',
    external: 'unsure',
    'service-missing': 'fail',
    'port-missing': 'fail',
    'none-ready': 'fail',
    'no-endpoints': 'fail',
    'no-backend': 'unsure',
  },

  async collect({ kube }, { to }): Promise<Evidence> {
    const none = { known: false, external: false, ports: [], endpoints: [], near: [] };
    const { namespace } = to;
    const ingress = await kube.get('ingresses', { namespace, name: to.name });
    if (!ingress) return none;
    const route = routeOf(ingress, to);
    if (!route.backend) return { ...none, route };
    const name = route.backend.service;
    const { service, endpoints } = await serviceAndEndpoints(kube, { namespace, name });
    const others = service ? [] : ((await ifReadable(kube.list('services', { namespace }))) ?? []).map(nameOf);
    return {
      route,
      known: service !== undefined,
      external: service?.spec?.type === 'ExternalName',
      ports: servicePorts(service),
      endpoints,
      near: nearNames(name, others),
    };
  },

  interpret(evidence) {
    const { route, ports, endpoints, near } = evidence;
    const { outcome, ready = [] } = { ready: undefined, ...judge(evidence) };
    const unready = addressesOf(endpoints.filter((one) => !ready.includes(one.address)));
    const facts = {
      ...requestWords(route),
      ...{ ports: capped(ports.map(portWords)), near, ready: capped(ready), unready: capped(unready) },
    };
    return { outcome, facts };
  },
});
