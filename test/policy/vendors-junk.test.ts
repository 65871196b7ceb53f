import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matrix } from '../../src/policy/matrix/matrix.js';
import { calicoManifests, ciliumManifests, cluster, loaded } from './vendor-manifests.js';

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
