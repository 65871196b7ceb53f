import type { Manifest } from './manifest.ts';

/** A range of addresses that the cluster may give to Services beside its first one. */
export const moreServices = (name: string, range: string): Manifest => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'ServiceCIDR',
  metadata: { name },
  spec: { cidrs: [range] },
});
