import fc from 'fast-check';
import type { NaivePod, World } from './naive.js';

export interface Cluster extends World {
  pods: NaivePod[];
}

const label = fc.constantFrom('red', 'blue', 'green');
const labels = fc.record({ app: label, tier: label }, { requiredKeys: [] });
const namespaceNames = ['shop', 'payments', 'ops'];

const expression = fc.oneof(
  fc.record({
    key: fc.constantFrom('app', 'tier'),
    operator: fc.constantFrom('In', 'NotIn'),
    values: fc.uniqueArray(label, { minLength: 1 }),
  }),
  fc.record({ key: fc.constantFrom('app', 'tier'), operator: fc.constantFrom('Exists', 'DoesNotExist') }),
);
const selector = fc.oneof(
  { weight: 2, arbitrary: fc.constant({}) },
  { weight: 3, arbitrary: fc.record({ matchLabels: labels }) },
  { weight: 2, arbitrary: fc.record({ matchExpressions: fc.array(expression, { minLength: 1, maxLength: 2 }) }) },
);

const block = fc.constantFrom(
  { cidr: '10.0.0.0/8' },
  { cidr: '10.0.0.0/24' },
  { cidr: '10.0.0.0/24', except: ['10.0.0.2/31'] },
  { cidr: '0.0.0.0/0', except: ['10.0.0.0/30', '10.0.0.5/32'] },
  { cidr: '10.0.0.4/32' },
);
const peer = fc.oneof(
  fc.record({ podSelector: selector }),
  fc.record({ namespaceSelector: selector }),
  fc.record({ namespaceSelector: selector, podSelector: selector }),
  fc.record({ ipBlock: block }),
);

export const protocols = ['TCP', 'UDP', 'SCTP'];
export const ports = [80, 81, 90, 8080];
const protocol = fc.constantFrom(...protocols);
const portEntry = fc.oneof(
  fc.record({ protocol }, { requiredKeys: [] }),
  fc.record({ protocol, port: fc.constantFrom(...ports) }, { requiredKeys: ['port'] }),
  fc.record({ protocol, port: fc.constantFrom('web', 'dns') }, { requiredKeys: ['port'] }),
  fc.record(
    { protocol, port: fc.constant(80), endPort: fc.constantFrom(80, 85, 90) },
    { requiredKeys: ['port', 'endPort'] },
  ),
);

const ruleTo = (side: 'from' | 'to') =>
  fc.record(
    { [side]: fc.array(peer, { maxLength: 2 }), ports: fc.array(portEntry, { maxLength: 2 }) },
    { requiredKeys: [] },
  );

const networkPolicy = fc.record({
  namespace: fc.constantFrom(...namespaceNames),
  spec: fc.record(
    {
      podSelector: selector,
      policyTypes: fc.constantFrom([], ['Ingress'], ['Egress'], ['Ingress', 'Egress']),
      ingress: fc.array(ruleTo('from'), { maxLength: 2 }),
      egress: fc.array(ruleTo('to'), { maxLength: 2 }),
    },
    { requiredKeys: ['podSelector'] },
  ),
});

const among = fc.oneof(
  fc.record({ namespaces: selector }),
  fc.record({ pods: fc.record({ namespaceSelector: selector, podSelector: selector }) }),
);
const adminPort = fc.oneof(
  fc.record({ portNumber: fc.record({ protocol, port: fc.constantFrom(...ports) }, { requiredKeys: ['port'] }) }),
  fc.record({
    portRange: fc.record(
      { protocol, start: fc.constant(80), end: fc.constantFrom(85, 90) },
      { requiredKeys: ['start', 'end'] },
    ),
  }),
  fc.record({ namedPort: fc.constantFrom('web', 'dns') }),
);
const adminRule = (side: 'from' | 'to', actions: readonly string[]) =>
  fc.record(
    {
      action: fc.constantFrom(...actions),
      [side]: fc.array(side === 'to' ? fc.oneof(among, fc.record({ networks: fc.constant(['10.0.0.0/29']) })) : among, {
        minLength: 1,
        maxLength: 2,
      }),
      ports: fc.array(adminPort, { minLength: 1, maxLength: 2 }),
    },
    { requiredKeys: ['action', side] },
  );
const rulesOf = (actions: readonly string[]) => ({
  subject: among,
  ingress: fc.array(adminRule('from', actions), { maxLength: 3 }),
  egress: fc.array(adminRule('to', actions), { maxLength: 3 }),
});

const container = fc.subarray([
  { name: 'web', containerPort: 80, protocol: 'TCP' },
  { name: 'web', containerPort: 8080, protocol: 'SCTP' },
  { name: 'dns', containerPort: 81, protocol: 'UDP' },
]);

/** Few labels, few ports, few addresses: so that rules meet. */
export const anyCluster: fc.Arbitrary<Cluster> = fc
  .record({
    namespaceLabels: fc.tuple(labels, labels, labels),
    pods: fc.array(fc.record({ namespace: fc.constantFrom(...namespaceNames), labels, ports: container }), {
      minLength: 2,
      maxLength: 5,
    }),
    networkPolicies: fc.array(networkPolicy, { maxLength: 4 }),
    adminPolicies: fc.array(
      fc.record({ priority: fc.constantFrom(1, 1, 2, 3), ...rulesOf(['Allow', 'Deny', 'Pass']) }),
      { maxLength: 3 },
    ),
    baseline: fc.option(fc.record(rulesOf(['Allow', 'Deny'])), { nil: undefined }),
  })
  .map(({ namespaceLabels, pods, networkPolicies, adminPolicies, baseline }) => ({
    namespaces: Object.fromEntries(
      namespaceNames.map((name, index) => [
        name,
        { ...(namespaceLabels[index] as object), 'kubernetes.io/metadata.name': name },
      ]),
    ),
    pods: pods.map((pod, index) => ({
      ...pod,
      labels: pod.labels as Record<string, string>,
      name: `pod-${index}`,
      ip: `10.0.0.${index + 1}`,
    })),
    networkPolicies: networkPolicies.map((policy, index) => ({ ...policy, name: `np-${index}` })),
    adminPolicies: adminPolicies.map((spec, index) => ({ name: `anp-${index}`, spec })),
    baseline,
  }));

/** The same as documents, the way files would hold them. `address` leaves out the address of a Pod. */
export const documentsOf = (cluster: Cluster, address: (pod: NaivePod) => boolean = () => true) =>
  [
    ...Object.entries(cluster.namespaces).map(([name, own]) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, labels: own },
    })),
    ...cluster.pods.map((pod) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace: pod.namespace, name: pod.name, labels: pod.labels },
      spec: { nodeName: 'node-a', containers: [{ name: 'web', ports: pod.ports }] },
      status: { phase: 'Running', ...(address(pod) ? { podIP: pod.ip } : {}) },
    })),
    ...cluster.networkPolicies.map(({ namespace, name, spec }) => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { namespace, name },
      spec,
    })),
    ...cluster.adminPolicies.map(({ name, spec }) => ({
      apiVersion: 'policy.networking.k8s.io/v1alpha1',
      kind: 'AdminNetworkPolicy',
      metadata: { name },
      spec,
    })),
    ...(cluster.baseline
      ? [
          {
            apiVersion: 'policy.networking.k8s.io/v1alpha1',
            kind: 'BaselineAdminNetworkPolicy',
            metadata: { name: 'default' },
            spec: cluster.baseline,
          },
        ]
      : []),
  ].map((value, document) => ({ source: 'any.yaml', document, value: value as unknown }));
