import type { Finding } from '../../src/domain/finding.js';
import type { Earlier, FirstLook } from '../../src/ui/first-look.js';
import { shopCatalog } from './shop-catalog.js';

/** What a sweep of the shop shows while a node is away and the rights are not complete. */
export const firstLook: FirstLook = {
  seen: [
    {
      result: 'fail',
      key: 'none-ready-since',
      facts: { service: 'shop/cart', all: 3, since: '01:58:12Z' },
      symptom: 'service-unreachable',
    },
    { result: 'error', key: 'denied', facts: { what: ['pods'] } },
    {
      result: 'warn',
      key: 'node-not-ready-since',
      facts: { node: 'ip-10-0-3-17', since: '02:09:40Z' },
      symptom: 'node-unreachable',
    },
    { result: 'skip', key: 'only-first', facts: { what: 'nodes', count: 500 } },
  ],
  access: [
    { level: 'observe', answer: 'partly', allowed: 11, all: 12, missing: ['list pods in kube-system'] },
    { level: 'probe', answer: 'no', allowed: 0, all: 1, missing: ['create pods/exec in shop'] },
    { level: 'node', answer: 'no', allowed: 0, all: 0, missing: [] },
  ],
  tookMs: 310,
};

export const earlier: Earlier[] = [
  { id: '20261120T002100Z-dns', state: 'paused', note: '', resumable: true },
  { id: '20261118T171000Z-cart', state: 'ended', note: 'fault SVC-01 certain, Service shop/cart', resumable: false },
];

export const startedAt = Date.UTC(2026, 10, 20, 2, 14, 4);
export const now = startedAt + 97_000;

const finding = (
  node: string,
  check: string,
  rest: Pick<Finding, 'outcome' | 'result'> & Partial<Finding>,
): Finding => ({
  ...{
    node,
    check,
    run: 1,
    stage: shopCatalog.steps[check]?.step.stage ?? 'service',
    facts: {},
    durationMs: 240,
    by: 'auto' as const,
    evidence: [`${node}.1`],
  },
  ...rest,
});

export const sourceRuns = finding('source', 'source-pod-is-running', {
  outcome: 'running',
  result: 'pass',
  facts: { node: 'node-a' },
});
export const serviceExists = finding('service', 'service-exists', {
  outcome: 'exists',
  result: 'pass',
  facts: { address: '10.96.14.7' },
});
export const portAmbiguous = finding('port', 'service-offers-the-port', {
  outcome: 'ambiguous',
  result: 'warn',
  facts: { ports: ['http 8080', 'admin 9090'] },
});
export const addressNotTried = finding('address', 'service-address-answers', {
  outcome: 'not-granted',
  result: 'skip',
  reason: { code: 'not-granted', detail: 'probe' },
  evidence: [],
  durationMs: 0,
});
export const nothingListed = finding('endpoints', 'service-has-ready-endpoints', {
  outcome: 'none-listed',
  result: 'fail',
  durationMs: 1310,
});
export const nothingSelected = finding('selects', 'service-selects-pods', {
  outcome: 'none-matched',
  result: 'fail',
  facts: { selector: { app: 'cart', tier: 'api' }, near: { app: 'cart', tier: 'backend' } },
});
export const shutOut = finding('policies', 'policies-allow-ingress', {
  stage: 'policy',
  outcome: 'denied',
  result: 'fail',
  facts: {
    policies: ['shop/cart'],
    'deciding-rule': {
      policy: 'NetworkPolicy shop/cart',
      manifest: {
        ...{ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { namespace: 'shop', name: 'cart' } },
        spec: {
          podSelector: { matchLabels: { app: 'cart' } },
          ingress: [{ from: [{ podSelector: { matchLabels: { app: 'checkout' } } }], ports: [{ port: 8080 }] }],
        },
      },
      path: ['spec', 'podSelector'],
    },
  },
});
export const denied = finding('endpoints', 'service-has-ready-endpoints', {
  outcome: 'forbidden',
  result: 'error',
  reason: {
    code: 'forbidden',
    detail: '',
    missing: { verb: 'list', resource: 'endpointslices', group: 'discovery.k8s.io', namespace: 'shop' },
  },
  evidence: [],
});
