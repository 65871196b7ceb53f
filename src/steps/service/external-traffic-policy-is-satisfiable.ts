import { z } from 'zod';
import { capped } from '../../domain/capped.js';
import { carrying, endpointSchema, nodesOf, usable } from '../../domain/endpoints.js';
import type { KubeObject } from '../../domain/kinds.js';
import { serviceAndEndpoints } from '../../domain/service-endpoints.js';
import { portsMeant, servicePorts } from '../../domain/service-port.js';
import { anyEnd, defineStep } from '../../domain/step.js';

const isExternal = (spec: KubeObject<'services'>['spec']) =>
  spec?.type === 'NodePort' || spec?.type === 'LoadBalancer' || (spec?.externalIPs ?? []).length > 0;

export default defineStep({
  stage: 'service',
  level: 'observe',
  cost: 0,
  reads: ['services', 'endpointslices'],
  runs: [],
  from: anyEnd,
  to: ['service'],
  evidence: z.object({
    known: z.boolean(),
    external: z.boolean(),
    local: z.boolean(),
    endpoints: z.array(endpointSchema),
  }),
  outcomes: {
    'not-external': 'pass',
    cluster: 'pass',
    'local-with-endpoints': 'pass',
    'local-nowhere': 'warn',
    'no-service': 'unsure',
  },

  async collect({ kube }, flow) {
    const { service, endpoints } = await serviceAndEndpoints(kube, flow.to);
    return {
      known: service !== undefined,
      external: isExternal(service?.spec),
      local: service?.spec?.externalTrafficPolicy === 'Local',
      endpoints: carrying(endpoints, portsMeant(servicePorts(service), flow)),
    };
  },

  interpret({ known, external, local, endpoints }) {
    if (!known) return { outcome: 'no-service' };
    if (!external) return { outcome: 'not-external' };
    if (!local) return { outcome: 'cluster' };
    // Each Node judges its own endpoints, so one that only has terminating ones still serves (KEP-1669).
    const nodes = nodesOf(endpoints).filter(
      (node) => usable(endpoints.filter((endpoint) => endpoint.node === node)).length > 0,
    );
    if (nodes.length === 0) return { outcome: 'local-nowhere' };
    return { outcome: 'local-with-endpoints', facts: { nodes: capped(nodes), total: nodes.length } };
  },
});
