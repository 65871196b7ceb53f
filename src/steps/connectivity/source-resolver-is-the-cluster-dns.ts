import { z } from 'zod';
import { anyEnd, defineStep } from '../../domain/step.js';
import { sourceWorkload, workloadName } from '../../domain/workload-of.js';
import { isAddress } from '../../parse/addresses.js';
import { resolvConfSchema } from '../../parse/resolv-conf.js';
import { resolverConfig } from '../../queries/resolver-config.js';

// NodeLocal DNSCache listens on a link-local address that the kubelet hands out instead of the Service's.
const isLinkLocal = (address: string) => address.startsWith('169.254.') || /^fe80:/i.test(address);

export default defineStep({
  stage: 'connectivity',
  hop: 'name',
  level: 'probe',
  cost: 1,
  reads: ['services', 'pods'],
  runs: [resolverConfig],
  from: ['pod'],
  to: anyEnd,
  evidence: z.object({
    config: resolvConfSchema,
    policy: z.string(),
    hostNetwork: z.boolean(),
    addresses: z.array(z.string()),
    /** What made the source, as kubectl takes it. */
    workload: z.string().optional(),
  }),
  outcomes: {
    cluster: 'pass',
    'node-local': 'pass',
    other: 'warn',
    'by-choice': 'unsure',
    'no-resolver': 'fail',
    'no-cluster-dns': 'unsure',
  },

  async collect({ kube, pod }, { from }) {
    const [config, source, services] = await Promise.all([
      pod({ namespace: from.namespace, name: from.name }).run(resolverConfig, {}),
      kube.get('pods', { namespace: from.namespace, name: from.name }),
      kube.list('services', { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } }),
    ]);
    const workload = source && workloadName(source);
    return {
      ...(workload === undefined ? {} : { workload }),
      config,
      policy: source?.spec?.dnsPolicy ?? 'ClusterFirst',
      hostNetwork: source?.spec?.hostNetwork ?? false,
      addresses: services.flatMap(({ spec }) => spec?.clusterIPs ?? [spec?.clusterIP ?? '']).filter(isAddress),
    };
  },

  interpret({ config: { nameservers, search, options }, policy, hostNetwork, addresses, workload }) {
    const facts = { nameservers, search, policy, addresses, ndots: options.ndots ?? '1', ...sourceWorkload(workload) };
    if (nameservers.length === 0) return { outcome: 'no-resolver', facts };
    if (nameservers.some((one) => addresses.includes(one))) return { outcome: 'cluster', facts };
    if (nameservers.some(isLinkLocal)) return { outcome: 'node-local', facts };
    // On the host network ClusterFirst means the resolver of the node (pkg/kubelet/network/dns).
    const isChosen = policy === 'Default' || policy === 'None' || (hostNetwork && policy === 'ClusterFirst');
    if (isChosen) return { outcome: 'by-choice', facts };
    return { outcome: addresses.length > 0 ? 'other' : 'no-cluster-dns', facts };
  },
});
