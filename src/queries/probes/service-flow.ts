import type { Flow } from '../../domain/flow.js';
import { nodesOfFlow } from '../../domain/flow-nodes.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import { serviceAndEndpoints } from '../../domain/service-endpoints.js';
import { targetsOf } from '../../domain/targets.js';
import { dialled, startOf } from './first-packet.js';

type Reader = ObjectReader<'services' | 'endpointslices' | 'pods' | 'nodes'>;

/** What the API says of a flow to a Service: where it starts, what it dials, and where it should arrive. */
export const serviceFlow = async (kube: Reader, flow: Flow<'pod' | 'node', 'service'>) => {
  const [{ service, slices }, start, nodes] = await Promise.all([
    serviceAndEndpoints(kube, flow.to),
    startOf(kube, flow.from),
    nodesOfFlow(kube, flow),
  ]);
  const to = dialled(service, flow);
  const expected = targetsOf(service, slices, flow);
  const local = service?.spec?.internalTrafficPolicy === 'Local';
  return { slices, nodes, expected, local, dial: start && to ? { start, to } : undefined };
};
