import { dnsNamespace } from './cluster-dns.js';
import { ifReadable } from './if-readable.js';
import type { ObjectReader } from './object-reader.js';
import { carries } from './selector.js';

/** What the manifests of NodeLocal DNSCache give its Pods (kubernetes/kubernetes, cluster/addons/dns/nodelocaldns). */
export const nodeCacheLabels = { 'k8s-app': 'node-local-dns' } as const;

/** Where they listen on every node, unless somebody chose otherwise. */
export const nodeCacheAddress = '169.254.20.10';

/**
 * Whether the cluster has caches of NodeLocal DNSCache; `undefined` where nobody may know. It asks for all DaemonSets
 * of the namespace: who looks for the agents that enforce policies reads them as well, and most clusters have no cache.
 */
export const hasNodeCaches = async (kube: ObjectReader<'daemonsets'>): Promise<boolean | undefined> => {
  const sets = await ifReadable(kube.list('daemonsets', { namespace: dnsNamespace }));
  return sets?.some(({ spec }) => carries(spec?.template?.metadata?.labels ?? {}, nodeCacheLabels));
};
