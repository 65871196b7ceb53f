import type { KubeObject } from './kinds.js';
import { nameOf } from './name-of.js';
import type { ObjectReader } from './object-reader.js';
import { podIps, podState } from './pod-state.js';

/** Where every installer puts it; the label is the one that kube-dns had, and CoreDNS kept (kubeadm, kops, k3s, GKE). */
const place = { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } } as const;

export const dnsNamespace = place.namespace;
export const dnsPods = (kube: ObjectReader<'pods'>) => kube.list('pods', place);
export const dnsDeployments = (kube: ObjectReader<'deployments'>) => kube.list('deployments', place);

/** The Service that Pods ask: a cache on the nodes brings one more, with the same label, for itself. */
export const dnsService = async (kube: ObjectReader<'services'>): Promise<KubeObject<'services'> | undefined> => {
  const services = await kube.list('services', place);
  return services.find((service) => nameOf(service) === 'kube-dns') ?? services[0];
};

/** A replica of the cluster DNS that should answer. */
export interface DnsReplica {
  readonly pod: string;
  readonly node: string;
  readonly address: string;
}

/** Those that are ready, and where none is, those that run. Each has an address of its own also on the network of its node. */
export const dnsReplicas = (pods: readonly KubeObject<'pods'>[], now: number): DnsReplica[] => {
  const inState = (state: string) => pods.filter((pod) => podState(pod, now).state === state);
  const ready = inState('running');
  return (ready.length > 0 ? ready : inState('not-ready')).map((pod) => ({
    pod: nameOf(pod),
    node: pod.spec?.nodeName ?? '',
    address: podIps(pod)[0] ?? '',
  }));
};
