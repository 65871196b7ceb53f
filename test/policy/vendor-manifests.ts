import { type Loaded, load } from '../../src/policy/load.js';
import { anyCluster, documentsOf } from './any-cluster.js';

export interface CalicoRule {
  action: 'Allow' | 'Deny' | 'Pass' | 'Log';
  selector: string | undefined;
  port: number | undefined;
}
export interface CalicoPolicy {
  tier: string;
  order: number | undefined;
  app: string;
  ingress: CalicoRule[];
}
export interface CiliumRule {
  app: string | undefined;
  port: number | undefined;
}
export interface CiliumPolicy {
  app: string;
  defaultDeny: boolean | undefined;
  ingress: CiliumRule[];
  ingressDeny: CiliumRule[];
}

export const calicoManifests = (policies: readonly CalicoPolicy[]) => [
  { apiVersion: 'projectcalico.org/v3', kind: 'Tier', metadata: { name: 'first' }, spec: { order: 10 } },
  {
    apiVersion: 'projectcalico.org/v3',
    kind: 'Tier',
    metadata: { name: 'last' },
    spec: { order: 2_000_000, defaultAction: 'Pass' },
  },
  ...policies.map((policy, index) => ({
    apiVersion: 'projectcalico.org/v3',
    kind: 'GlobalNetworkPolicy',
    metadata: { name: `p-${index}` },
    spec: {
      tier: policy.tier,
      ...(policy.order === undefined ? {} : { order: policy.order }),
      selector: `app == '${policy.app}'`,
      types: ['Ingress'],
      ingress: policy.ingress.map(({ action, selector, port: number }) => ({
        action,
        ...(selector ? { source: { selector: `app == '${selector}'` } } : {}),
        ...(number ? { protocol: 'TCP', destination: { ports: [number] } } : {}),
      })),
    },
  })),
];

const endpoints = (name: string) => ({
  matchLabels: { app: name },
  matchExpressions: [{ key: 'io.kubernetes.pod.namespace', operator: 'Exists' }],
});

export const ciliumManifests = (policies: readonly CiliumPolicy[]) =>
  policies.map((policy, index) => {
    const rules = (list: readonly CiliumRule[]) =>
      list.map((rule) => ({
        ...(rule.app ? { fromEndpoints: [endpoints(rule.app)] } : {}),
        ...(rule.port ? { toPorts: [{ ports: [{ port: String(rule.port), protocol: 'TCP' }] }] } : {}),
      }));
    return {
      apiVersion: 'cilium.io/v2',
      kind: 'CiliumClusterwideNetworkPolicy',
      metadata: { name: `p-${index}` },
      spec: {
        endpointSelector: { matchLabels: { app: policy.app } },
        ingress: rules(policy.ingress),
        ingressDeny: rules(policy.ingressDeny),
        ...(policy.defaultDeny === undefined ? {} : { enableDefaultDeny: { ingress: policy.defaultDeny } }),
      },
    };
  });

/** Pods and Namespaces, and no policy of Kubernetes. */
export const cluster = anyCluster.map((one) => ({
  ...one,
  networkPolicies: [],
  adminPolicies: [],
  baseline: undefined,
}));

export const loaded = (pods: Parameters<typeof documentsOf>[0], manifests: readonly unknown[]): Loaded =>
  load([...documentsOf(pods), ...manifests.map((value, document) => ({ source: 'vendor.yaml', document, value }))], {
    namespace: 'default',
    engine: 'kubernetes',
  });
