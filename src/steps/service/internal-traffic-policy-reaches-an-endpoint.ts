import { z } from 'zod';
import { capped } from '../../domain/capped.js';
import { addressesOf, carrying, endpointSchema, nodesOf, usable } from '../../domain/endpoints.js';
import { serviceAndEndpoints } from '../../domain/service-endpoints.js';
import { portsMeant, servicePorts } from '../../domain/service-port.js';
import { sourceNode } from '../../domain/source-node.js';
import { defineStep } from '../../domain/step.js';

export default defineStep({
  stage: 'service',
  level: 'observe',
  cost: 0,
  reads: ['services', 'endpointslices', 'pods'],
  runs: [],
  from: ['pod', 'node'],
  to: ['service'],
  evidence: z.object({
    known: z.boolean(),
    local: z.boolean(),
    /** Where the client is; empty when its Pod is absent or not placed. */
    node: z.string(),
    /** What kube-proxy may use for the port, on whatever Node. */
    endpoints: z.array(endpointSchema),
  }),
  outcomes: {
    cluster: 'pass',
    'local-endpoint-here': 'pass',
    'no-local-endpoint': 'fail',
    'no-endpoint-anywhere': 'unsure',
    'no-node': 'unsure',
    'no-service': 'unsure',
  },

  async collect({ kube }, flow) {
    const [{ service, endpoints }, node] = await Promise.all([
      serviceAndEndpoints(kube, flow.to),
      sourceNode(kube, flow.from),
    ]);
    // The policy steers traffic to the virtual address only, and a headless Service has none.
    const local = service?.spec?.internalTrafficPolicy === 'Local' && service.spec.clusterIP !== 'None';
    const ports = portsMeant(servicePorts(service), flow);
    return { known: service !== undefined, local, node, endpoints: carrying(endpoints, ports) };
  },

  interpret({ known, local, node, endpoints }) {
    if (!known) return { outcome: 'no-service' };
    if (!local) return { outcome: 'cluster' };
    if (node === '') return { outcome: 'no-node' };
    const here = usable(endpoints.filter((endpoint) => endpoint.node === node));
    const nodes = nodesOf(usable(endpoints));
    const facts = { node, addresses: capped(addressesOf(here)), nodes: capped(nodes), total: nodes.length };
    if (here.length > 0) return { outcome: 'local-endpoint-here', facts };
    return { outcome: nodes.length > 0 ? 'no-local-endpoint' : 'no-endpoint-anywhere', facts };
  },
});
