import { CannotLook } from './cannot-look.js';
import type { EndOf } from './flow.js';
import { type GatewayRoute, routeTowards } from './gateway-routes.js';
import type { ObjectReader } from './object-reader.js';
import { everyNamespace } from './ports.js';

type Reader = ObjectReader<'httproutes.gateway.networking.k8s.io'>;

const routesIn = async (kube: Reader, namespace: string) => {
  const list = (where: string) => kube.list('httproutes.gateway.networking.k8s.io', { namespace: where });
  try {
    return await list(everyNamespace);
  } catch (error) {
    // A route mostly lies beside its Service.
    if (error instanceof CannotLook && error.code === 'forbidden') return await list(namespace);
    throw error;
  }
};

/** @throws CannotLook `not-served` where the Gateway API is not installed, which is another thing than forbidden */
export const routesTowards = async (kube: Reader, service: EndOf<'service'>): Promise<GatewayRoute[]> =>
  (await routesIn(kube, service.namespace)).flatMap((route) => routeTowards(route, service) ?? []);
