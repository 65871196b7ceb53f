import type { JsonObject } from '../../../src/domain/json.js';
import type { PodRef } from '../../../src/domain/ports.js';
import { recorded } from '../../parse/recorded.js';
import type { FakeAnswers, FakeObjects } from '../../support/fake-world.js';
import { ran } from '../../support/fake-world.js';
import { checkout, type Pod, pod, type Service, service } from '../shop.js';

export const address = '10.96.0.10';
export const near = '10.244.1.2';
export const far = '10.244.2.2';
const labels = { 'k8s-app': 'kube-dns' };
const system = 'kube-system';

/** A replica of the cluster DNS, ready unless `status` says otherwise. */
export const replica = (name: string, nodeName: string, ip: string, status: NonNullable<Pod['status']> = {}): Pod =>
  pod(name, {
    metadata: { namespace: system, labels },
    spec: { nodeName, volumes: [{ name: 'config-volume', configMap: { name: 'coredns' } }] },
    status: { podIP: ip, podIPs: [{ ip }], ...status },
  });
export const replicas = [replica('coredns-a', 'node-a', near), replica('coredns-b', 'node-b', far)];

export const kubeDns = (spec: NonNullable<Service['spec']> = {}): Service => ({
  metadata: { namespace: system, name: 'kube-dns', labels },
  spec: {
    clusterIP: address,
    clusterIPs: [address],
    ipFamilies: ['IPv4'],
    selector: labels,
    ports: [
      { name: 'dns', port: 53, protocol: 'UDP', targetPort: 53 },
      { name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort: 53 },
    ],
    ...spec,
  },
});

export const slice = (addresses: readonly string[], protocols: readonly string[] = ['UDP', 'TCP']) => ({
  metadata: { namespace: system, name: 'kube-dns-1', labels: { 'kubernetes.io/service-name': 'kube-dns' } },
  addressType: 'IPv4',
  ports: protocols.map((protocol) => ({ name: protocol === 'UDP' ? 'dns' : 'dns-tcp', port: 53, protocol })),
  endpoints: addresses.map((one) => ({ addresses: [one], conditions: { ready: true } })),
});

export const corefile = (text: string, name = 'coredns', key = 'Corefile') => ({
  metadata: { namespace: system, name },
  data: { [key]: text },
});
export const plainCorefile = `.:53 {
    errors
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa
    forward . /etc/resolv.conf
    cache 30
    loop
    reload
}
`;

export const deployment = (count: number) => ({
  metadata: { namespace: system, name: 'coredns', labels },
  spec: { replicas: count },
});

/** A cluster with two replicas, on the node of the source and on another. */
export const dnsShop: FakeObjects = {
  pods: [checkout(), ...replicas],
  services: [service({ clusterIP: '10.96.1.2', clusterIPs: ['10.96.1.2'] }), kubeDns()],
  endpointslices: [slice([near, far])],
  configmaps: [corefile(plainCorefile)],
  deployments: [deployment(2)],
  nodes: ['node-a', 'node-b'].map((name) => ({
    metadata: { name },
    status: { conditions: [{ type: 'Ready', status: 'True' }] },
  })),
};

export const resolvConf = (nameservers: readonly string[] = [address], ndots = 5) =>
  ran(
    `search shop.svc.cluster.local svc.cluster.local cluster.local\n${nameservers.map((one) => `nameserver ${one}\n`).join('')}options ndots:${ndots}\n`,
    { tool: 'cat' },
  );

export interface Heard {
  /** What nslookup heard, by server, or by name where one is given there: the name of a recording. */
  readonly udp?: (server: string, name: string) => string;
  readonly tcp?: (server: string) => string;
  readonly libc?: string;
  readonly nameservers?: readonly string[];
  readonly ndots?: number;
}

/** What the programs of a container, or of a node, leave behind. */
export const hears = ({ udp = () => 'found', tcp = () => 'found', libc = 'short', nameservers, ndots }: Heard = {}) => {
  const answer = (query: string, args: JsonObject) => {
    if (query === 'resolver-config') return resolvConf(nameservers, ndots);
    if (query === 'libc-lookup') return ran(recorded('getent', `lookup-${libc}`), { tool: 'getent' });
    const server = String(args.server ?? '');
    if (query === 'ask-over-tcp') return ran(recorded('ask-over-tcp', `nc-${tcp(server)}`), { tool: 'nc' });
    if (query !== 'resolve-name') throw new Error(`the test expects no ${query}`);
    return ran(recorded('nslookup-busybox', udp(server, String(args.name))), { tool: 'nslookup' });
  };
  return answer;
};

export const inPod = (heard: Heard = {}): FakeAnswers => ({ pod: hears(heard) });
export const silentAt =
  (...servers: readonly string[]) =>
  (server: string) =>
    servers.includes(server) ? 'timeout' : 'found';

export const toHost = {
  from: { kind: 'pod', namespace: 'shop', name: 'checkout' },
  to: { kind: 'host', name: 'www.example.com', port: 443 },
  protocol: 'TCP',
  port: 443,
} as const;

export const logOf = (logs: Readonly<Record<string, string>>) => ({
  logs: ({ name }: PodRef) => logs[name] ?? '',
});
