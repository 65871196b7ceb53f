import { expect, it } from 'vitest';
import step from '../../../src/steps/policy/policies-allow-dns.js';
import { agents, bare, daemonSet, denyAll, ends, looking, type Policy, pod, policy, realm } from './realm.js';

const look = looking(step, 'policies-allow-dns');
const inSystem = { namespace: 'kube-system' };
const dns = {
  metadata: { ...inSystem, name: 'kube-dns', labels: { 'k8s-app': 'kube-dns' } },
  spec: {
    clusterIP: '10.96.0.10',
    clusterIPs: ['10.96.0.10'],
    selector: { 'k8s-app': 'kube-dns' },
    ports: [
      { name: 'dns', port: 53, protocol: 'UDP', targetPort: 53 },
      { name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort: 53 },
    ],
  },
};
const server = {
  metadata: { ...inSystem, name: 'coredns-1', labels: { 'k8s-app': 'kube-dns' } },
  spec: { nodeName: 'node-b', containers: [{ name: 'coredns' }] },
  status: { phase: 'Running', podIP: '10.244.2.2', podIPs: [{ ip: '10.244.2.2' }] },
};
const caches = {
  metadata: { ...inSystem, name: 'node-local-dns' },
  spec: { template: { metadata: { labels: { 'k8s-app': 'node-local-dns' } }, spec: { hostNetwork: true } } },
};
const town = (policies: readonly Policy[], more: object = {}) =>
  realm(policies, { services: [dns], pods: [...ends, server, ...agents], ...more });

const toServers = [
  {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
    podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
  },
];
const out = (...egress: object[]) => policy('out', { podSelector: {}, policyTypes: ['Egress'], egress });
const both = ['UDP', 'TCP'].map((protocol) => ({ protocol, port: 53 }));
const fine = out({ to: toServers, ports: both });

it.each<[string, Policy[]]>([
  ['open', []],
  ['open', [policy('in-only', { podSelector: {} })]],
  ['allowed', [denyAll, fine]],
  ['allowed', [out({ ports: both })]],
  ['denied', [denyAll]],
  ['denied', [out({ to: [{ podSelector: {} }] })]],
  ['denied', [out({ to: toServers, ports: [{ protocol: 'TCP', port: 53 }] })]],
  ['tcp-denied', [out({ to: toServers, ports: [{ protocol: 'UDP', port: 53 }] })]],
  ['server-shut', [fine, policy('system', { podSelector: {}, policyTypes: ['Ingress'] }, 'kube-system')]],
])('%s %#', async (outcome, policies) => {
  expect((await look(town(policies))).outcome).toBe(outcome);
});

it('node-local-denied: no selector of Pods means the cache on the node', async () => {
  const daemonsets = [...(realm([]).daemonsets ?? []), caches];
  expect((await look(town([fine], { daemonsets }))).outcome).toBe('node-local-denied');
  const known = out({ to: [...toServers, { ipBlock: { cidr: '169.254.20.10/32' } }], ports: both });
  expect((await look(town([known], { daemonsets }))).outcome).toBe('allowed');
});

it('denied-by-nobody, denied-if-enforced: by who is there to enforce', async () => {
  const nobody = { daemonsets: bare.daemonsets, pods: [...ends, server] };
  expect((await look(town([denyAll], nobody))).outcome).toBe('denied-by-nobody');
  const maybe = { daemonsets: [daemonSet('ovn', { name: 'ovn-controller' })], pods: [...ends, server] };
  expect((await look(town([denyAll], maybe))).outcome).toBe('denied-if-enforced');
});

it.each([
  ['Default', false],
  ['None', false],
  ['ClusterFirst', true],
])('own-resolver: %s', async (dnsPolicy, hostNetwork) => {
  const client = pod('client', '10.244.1.9', { spec: { dnsPolicy, hostNetwork } });
  expect((await look(town([denyAll], { pods: [client, server, ...agents] }))).outcome).toBe('own-resolver');
});

it('no-cluster-dns: no server to judge', async () => {
  expect((await look(town([denyAll], { services: [] }))).outcome).toBe('no-cluster-dns');
  expect((await look(town([denyAll], { pods: [...ends, ...agents] }))).outcome).toBe('no-cluster-dns');
});

it('cannot-be-known: a server whose address is not known', async () => {
  const { podIP: _, podIPs: __, ...status } = server.status;
  const block = out({ to: [{ ipBlock: { cidr: '10.244.2.0/24' } }] });
  expect((await look(town([block], { pods: [...ends, { ...server, status }, ...agents] }))).outcome).toBe(
    'cannot-be-known',
  );
});

it('proposes a policy that lets the names through', async () => {
  const { facts } = await look(town([denyAll]));
  expect(JSON.parse(String(facts?.change))).toMatchObject({ kind: 'NetworkPolicy', spec: { policyTypes: ['Egress'] } });
});
