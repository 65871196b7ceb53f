import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgePair } from '../../src/policy/flow/evaluate.js';
import { partiesOf } from '../../src/policy/inventory/endpoint.js';
import { type Loaded, load } from '../../src/policy/load.js';
import { matrix } from '../../src/policy/matrix/matrix.js';
import { anyCluster, documentsOf, ports } from './any-cluster.js';
import type { NaivePod } from './naive.js';

type Verdict = 'allow' | 'deny' | 'pass' | 'none';

interface CalicoRule {
  action: 'Allow' | 'Deny' | 'Pass' | 'Log';
  selector: string | undefined;
  port: number | undefined;
}
interface CalicoPolicy {
  tier: string;
  order: number | undefined;
  app: string;
  ingress: CalicoRule[];
}
interface CiliumRule {
  app: string | undefined;
  port: number | undefined;
}
interface CiliumPolicy {
  app: string;
  defaultDeny: boolean | undefined;
  ingress: CiliumRule[];
  ingressDeny: CiliumRule[];
}

const app = fc.constantFrom('red', 'blue', 'green');
const port = fc.constantFrom(undefined, ...ports);

const calicoPolicy: fc.Arbitrary<CalicoPolicy> = fc.record({
  tier: fc.constantFrom('first', 'default', 'default', 'last'),
  order: fc.constantFrom(undefined, 1, 2, 2000),
  app,
  ingress: fc.array(
    fc.record({
      action: fc.constantFrom('Allow' as const, 'Deny' as const, 'Pass' as const, 'Log' as const),
      selector: fc.option(app, { nil: undefined }),
      port,
    }),
    { maxLength: 3 },
  ),
});

const ciliumRules = fc.array(fc.record({ app: fc.option(app, { nil: undefined }), port }), { maxLength: 2 });
const ciliumPolicy: fc.Arbitrary<CiliumPolicy> = fc.record({
  app,
  defaultDeny: fc.constantFrom(undefined, undefined, true, false),
  ingress: ciliumRules,
  ingressDeny: ciliumRules,
});

const calicoManifests = (policies: readonly CalicoPolicy[]) => [
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

const ciliumManifests = (policies: readonly CiliumPolicy[]) =>
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

const speaks = (from: NaivePod, number: number, wanted: { app: string | undefined; port: number | undefined }) =>
  (wanted.app === undefined || from.labels.app === wanted.app) && (wanted.port === undefined || wanted.port === number);

const tierVerdict = (
  policies: readonly (CalicoPolicy & { name: string })[],
  from: NaivePod,
  number: number,
): Verdict => {
  for (const policy of policies)
    for (const { action, selector, port: wanted } of policy.ingress)
      if (action !== 'Log' && speaks(from, number, { app: selector, port: wanted }))
        return action.toLowerCase() as Verdict;
  return 'none';
};

const naiveCalico = (policies: readonly CalicoPolicy[], from: NaivePod, to: NaivePod, number: number) => {
  const orderOf = ({ order }: CalicoPolicy) => order ?? 1e12;
  for (const tier of ['first', 'default', 'last']) {
    const here = policies
      .map((policy, index) => ({ ...policy, name: `p-${index}` }))
      .filter((policy) => policy.tier === tier && policy.app === to.labels.app)
      .sort((a, b) => orderOf(a) - orderOf(b) || (a.name < b.name ? -1 : 1));
    const verdict = tierVerdict(here, from, number);
    if (verdict === 'allow') return 'allowed';
    if (verdict === 'deny' || (verdict === 'none' && here.length > 0 && tier !== 'last')) return 'denied';
  }
  return 'allowed';
};

const naiveCilium = (policies: readonly CiliumPolicy[], from: NaivePod, to: NaivePod, number: number) => {
  const here = policies.filter((policy) => policy.app === to.labels.app);
  const hit = (rules: readonly CiliumRule[]) =>
    rules.some((rule) => (rule.app !== undefined || rule.port !== undefined) && speaks(from, number, rule));
  if (here.some(({ ingressDeny }) => hit(ingressDeny))) return 'denied';
  if (here.some(({ ingress }) => hit(ingress))) return 'allowed';
  const isolated = here.some(
    ({ defaultDeny, ingress, ingressDeny }) => defaultDeny ?? ingress.length + ingressDeny.length > 0,
  );
  return isolated ? 'denied' : 'allowed';
};

const cluster = anyCluster.map((one) => ({ ...one, networkPolicies: [], adminPolicies: [], baseline: undefined }));

const loaded = (pods: Parameters<typeof documentsOf>[0], manifests: readonly unknown[]): Loaded =>
  load([...documentsOf(pods), ...manifests.map((value, document) => ({ source: 'vendor.yaml', document, value }))], {
    namespace: 'default',
    engine: 'kubernetes',
  });

const partyOf = ({ inventory }: Loaded, { namespace, name }: NaivePod) => {
  const found = inventory.pods.find(({ party }) => party.name === `${namespace}/${name}`);
  const [party] = found ? partiesOf(found) : [];
  if (!party) throw new Error(`no ${name}`);
  return party;
};

/** Every pair and port: single answers, and the matrix, against the plain reading. */
const compare = (
  world: Loaded,
  pods: readonly NaivePod[],
  naive: (from: NaivePod, to: NaivePod, port: number) => string,
) => {
  expect(world.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const { connections } = matrix(world);
  for (const from of pods)
    for (const to of pods)
      for (const number of ports) {
        if (from === to) continue;
        const ends = { from: partyOf(world, from), to: partyOf(world, to) };
        const { answer } = judgePair(world, { ...ends, protocol: 'TCP', port: number });
        const words = `${from.name} -> ${to.name} ${number}`;
        expect([words, answer]).toEqual([words, naive(from, to, number)]);
        const listed = connections.some(
          (one) =>
            one.from === ends.from.name &&
            one.to === ends.to.name &&
            (one.protocol === '*' || one.protocol === 'TCP') &&
            (one.ports === '*' ||
              one.ports.split(',').some((part) => {
                const [first = 0, last = first] = part.split('-').map(Number);
                return first <= number && number <= last;
              })),
        );
        expect([words, listed]).toEqual([words, answer === 'allowed']);
      }
};

describe('policies of Calico and Cilium, and a plain reading of them', () => {
  it('agree on tiers, orders and actions of Calico', () => {
    fc.assert(
      fc.property(cluster, fc.array(calicoPolicy, { minLength: 1, maxLength: 4 }), (pods, policies) => {
        const world = loaded(pods, calicoManifests(policies));
        compare(world, pods.pods, (from, to, number) => naiveCalico(policies, from, to, number));
      }),
      { numRuns: 40 },
    );
  });

  it('agree on denials, permissions and default deny of Cilium', () => {
    fc.assert(
      fc.property(cluster, fc.array(ciliumPolicy, { minLength: 1, maxLength: 4 }), (pods, policies) => {
        const world = loaded(pods, ciliumManifests(policies));
        compare(world, pods.pods, (from, to, number) => naiveCilium(policies, from, to, number));
      }),
      { numRuns: 40 },
    );
  });
});

/** Somewhere in the document, something else. */
const spoil = (value: unknown, path: readonly number[], other: unknown): unknown => {
  const [step, ...rest] = path;
  if (step === undefined || typeof value !== 'object' || value === null) return other;
  const entries = Object.entries(value);
  const chosen = entries[step % Math.max(entries.length, 1)];
  if (!chosen) return other;
  const [key, inner] = chosen;
  const changed = spoil(inner, rest, other);
  return Array.isArray(value)
    ? value.map((item, index) => (String(index) === key ? changed : item))
    : { ...value, [key]: changed };
};

const junk = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    [],
    {},
    [[]],
    [null],
    -1,
    0,
    1e9,
    0.5,
    true,
    '%',
    'a:b:c',
    '10.0.0.0/99',
    '__proto__',
  ),
  fc.anything({ maxDepth: 2 }),
);

const whole = [
  ...calicoManifests([
    { tier: 'first', order: 1, app: 'red', ingress: [{ action: 'Allow', selector: 'red', port: 80 }] },
  ]),
  {
    apiVersion: 'projectcalico.org/v3',
    kind: 'NetworkPolicy',
    metadata: { name: 'all', namespace: 'shop' },
    spec: {
      selector: 'has(app)',
      serviceAccountSelector: 'all()',
      egress: [
        {
          action: 'Allow',
          ipVersion: 4,
          protocol: 'ICMP',
          icmp: { type: 8, code: 0 },
          source: { nets: ['10.0.0.0/8'], notNets: ['10.1.0.0/16'], notSelector: 'has(x)' },
          destination: { serviceAccounts: { names: ['a'], selector: 'has(b)' }, namespaceSelector: 'global()' },
        },
        { action: 'Deny', protocol: 'TCP', destination: { ports: [1, '2:3', 'web'], notPorts: [5], domains: ['a.b'] } },
        { action: 'Allow', destination: { services: { name: 'cart', namespace: 'shop' } } },
      ],
    },
  },
  {
    apiVersion: 'projectcalico.org/v3',
    kind: 'GlobalNetworkSet',
    metadata: { name: 's', labels: { a: 'b' } },
    spec: { nets: ['10.0.0.0/8'] },
  },
  {
    apiVersion: 'projectcalico.org/v3',
    kind: 'HostEndpoint',
    metadata: { name: 'h', labels: { a: 'b' } },
    spec: { node: 'node-a', expectedIPs: ['10.0.0.1'] },
  },
  ...ciliumManifests([
    { app: 'red', defaultDeny: true, ingress: [{ app: 'red', port: 80 }], ingressDeny: [{ app: 'blue', port: 80 }] },
  ]),
  {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: { name: 'all', namespace: 'shop' },
    specs: [
      {
        endpointSelector: { matchLabels: { 'k8s:app': 'red' } },
        egress: [
          {
            toFQDNs: [{ matchPattern: '*.a' }],
            toPorts: [{ ports: [{ port: '53', protocol: 'ANY' }], rules: { dns: [{}] } }],
          },
          { toCIDRSet: [{ cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] }, { cidrGroupRef: 'g' }] },
          { toServices: [{ k8sService: { serviceName: 'a', namespace: 'b' } }], authentication: { mode: 'required' } },
          { toEntities: ['world', 'kube-apiserver'], icmps: [{ fields: [{ type: 8, family: 'IPv6' }] }] },
          { toRequires: [{ matchExpressions: [{ key: 'a', operator: 'In', values: ['b'] }] }] },
        ],
      },
    ],
  },
  {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumCIDRGroup',
    metadata: { name: 'g' },
    spec: { externalCIDRs: ['10.0.0.0/8'] },
  },
];

describe('whatever is written in a policy of Calico or Cilium', () => {
  it('nothing is thrown, and there is a matrix', () => {
    const paths = fc.array(fc.nat({ max: 7 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(cluster, fc.nat({ max: whole.length - 1 }), paths, junk, (pods, index, path, other) => {
        const spoiled = whole.map((one, at) => (at === index ? spoil(one, path, other) : one));
        expect(Array.isArray(matrix(loaded(pods, spoiled)).connections)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
