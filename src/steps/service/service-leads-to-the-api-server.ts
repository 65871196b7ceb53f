import { z } from 'zod';
import { capped } from '../../domain/capped.js';
import { addressesOf } from '../../domain/endpoints.js';
import { serviceAndEndpoints } from '../../domain/service-endpoints.js';
import { anyEnd, defineStep } from '../../domain/step.js';

export default defineStep({
  stage: 'service',
  level: 'observe',
  cost: 0,
  reads: ['services', 'endpointslices'],
  runs: [],
  from: anyEnd,
  to: ['service'],
  evidence: z.object({ exists: z.boolean(), servers: z.array(z.string()) }),
  outcomes: { 'api-server': 'pass', another: 'pass', 'no-service': 'unsure' },

  async collect({ kube }, { to }) {
    const { service, endpoints } = await serviceAndEndpoints(kube, to);
    return { exists: service !== undefined, servers: capped(addressesOf(endpoints)) };
  },

  interpret({ exists, servers }, { to }) {
    if (!exists) return { outcome: 'no-service' };
    // The API server itself keeps this one Service and its endpoints (kube-apiserver, --advertise-address).
    const isOwn = to.namespace === 'default' && to.name === 'kubernetes';
    return { outcome: isOwn ? 'api-server' : 'another', facts: { servers } };
  },
});
