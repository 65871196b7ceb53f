import type { KubeObject } from './kinds.js';

/**
 * Where a client inside of the cluster asks the load balancer itself: a name, or an address that kube-proxy leaves alone
 * (`ipMode: Proxy`, KEP-1860). Any other address kube-proxy takes on the node of the client, and nobody outside is asked.
 */
export const balancerAddress = (service: KubeObject<'services'> | undefined): string | undefined => {
  const given = service?.status?.loadBalancer?.ingress ?? [];
  const [left] = given.flatMap(({ ip, ipMode, hostname }) => {
    if (ip !== undefined) return ipMode === 'Proxy' ? [ip] : [];
    return hostname === undefined ? [] : [hostname];
  });
  return left;
};
