import { endpointsOf, slicesOf } from './endpoints.js';
import type { EndOf } from './flow.js';
import type { ObjectReader } from './object-reader.js';

/** The Service of a flow, its slices and the endpoints in them, in the two requests that every check shares. */
export const serviceAndEndpoints = async (
  kube: ObjectReader<'services' | 'endpointslices'>,
  { namespace, name }: Pick<EndOf<'service'>, 'namespace' | 'name'>,
) => {
  const [service, slices] = await Promise.all([
    kube.get('services', { namespace, name }),
    kube.list('endpointslices', { namespace, labels: slicesOf(name) }),
  ]);
  return { service, slices, endpoints: endpointsOf(slices) };
};
