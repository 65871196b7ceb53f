import type { EndOf } from './flow.js';
import { type GatewayRoute, routeTowards } from './gateway-routes.js';
import { ifAllowed } from './if-allowed.js';
import type { ObjectReader } from './object-reader.js';
import { everyNamespace } from './ports.js';

type Reader = ObjectReader<'httproutes.gateway.networking.k8s.io'>;

const routesIn = async (kube: Reader, namespace: string) => {
  const list = (where: string) => kube.list('httproutes.gateway.networking.k8s.io', { namespace: where });
  // A route mostly lies beside its Service.
  return (await ifAllowed(list(everyNamespace))) ?? (await list(namespace));
};

/** @throws CannotLook `not-served` where the Gateway API is not installed, which is another thing than forbidden */
export const routesTowards = async (kube: Reader, service: EndOf<'service'>): Promise<GatewayRoute[]> =>
  (await routesIn(kube, service.namespace)).flatMap((route) => routeTowards(route, service) ?? []);

const most = 10;

/** The Gateways that routes ask for, as `NAMESPACE/NAME`: each once, and ten at most. */
export const gatewaysOf = (routes: readonly GatewayRoute[]): string[] =>
  [...new Set(routes.flatMap(({ gateways }) => gateways))].slice(0, most);
