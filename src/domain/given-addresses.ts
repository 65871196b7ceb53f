import type { KubeObject } from './kinds.js';

/** Where a load balancer takes requests, as it was told: addresses, or names. */
export const givenAddresses = (object: KubeObject<'services'> | KubeObject<'ingresses'> | undefined): string[] =>
  (object?.status?.loadBalancer?.ingress ?? []).flatMap(({ ip, hostname }) => ip ?? hostname ?? []);
