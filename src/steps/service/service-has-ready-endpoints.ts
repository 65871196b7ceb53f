import { z } from 'zod';
import { capped } from '../../domain/capped.js';
import { addressesOf, carrying, type Endpoint, endpointSchema, usable } from '../../domain/endpoints.js';
import { serviceAndEndpoints } from '../../domain/service-endpoints.js';
import { serviceKind, serviceKindSchema } from '../../domain/service-kind.js';
import { portsMeant, servicePortSchema, servicePorts } from '../../domain/service-port.js';
import { anyEnd, defineStep } from '../../domain/step.js';

const told = (endpoints: readonly Endpoint[]) => {
  const addresses = addressesOf(endpoints);
  return { addresses: capped(addresses), total: addresses.length };
};

export default defineStep({
  stage: 'service',
  level: 'observe',
  cost: 0,
  reads: ['services', 'endpointslices'],
  runs: [],
  from: anyEnd,
  to: ['service'],
  evidence: z.object({
    kind: serviceKindSchema,
    /** The ports the flow can mean; empty where slices are not bound to a port. */
    ports: z.array(servicePortSchema),
    slices: z.int(),
    endpoints: z.array(endpointSchema),
  }),
  outcomes: {
    ready: 'pass',
    'some-not-ready': 'warn',
    'only-terminating': 'warn',
    'none-ready': 'fail',
    'port-not-listed': 'fail',
    'none-listed': 'fail',
    'no-slices': 'fail',
    'external-name': 'unsure',
    'no-service': 'unsure',
  },

  async collect({ kube }, flow) {
    const { service, slices, endpoints } = await serviceAndEndpoints(kube, flow.to);
    const kind = serviceKind(service);
    // DNS hands out the addresses of a headless Service whatever its ports are.
    const ports = kind === 'headless' ? [] : portsMeant(servicePorts(service), flow);
    return { kind, ports, slices: slices.length, endpoints };
  },

  interpret({ kind, ports, slices, endpoints }) {
    if (kind === 'absent') return { outcome: 'no-service' };
    if (kind === 'external-name') return { outcome: 'external-name' };
    if (slices === 0) return { outcome: 'no-slices' };
    if (endpoints.length === 0) return { outcome: 'none-listed' };
    const fitting = carrying(endpoints, ports);
    if (fitting.length === 0) return { outcome: 'port-not-listed', facts: told(endpoints) };
    const ready = fitting.filter((endpoint) => endpoint.ready);
    if (ready.length === 0)
      return { outcome: usable(fitting).length > 0 ? 'only-terminating' : 'none-ready', facts: told(fitting) };
    // Terminating endpoints leave on purpose: a rollout is no shortage.
    const notReady = fitting.filter((endpoint) => !endpoint.ready && !endpoint.terminating);
    if (notReady.length === 0) return { outcome: 'ready', facts: told(ready) };
    return { outcome: 'some-not-ready', facts: { ...told(notReady), ready: addressesOf(ready).length } };
  },
});
