import type { Verdict } from '../../src/domain/verdict.js';
import type { SessionLook } from '../../src/machines/look.js';
import { shopCatalog } from './shop-catalog.js';
import {
  addressNotTried,
  denied,
  nothingListed,
  nothingSelected,
  now,
  portAmbiguous,
  serviceExists,
  shutOut,
  sourceRuns,
  startedAt,
} from './shop-findings.js';

const base: SessionLook = {
  phase: 'walking',
  flow: {
    from: { kind: 'pod', namespace: 'shop', name: 'web-7d9f' },
    to: { kind: 'service', namespace: 'shop', name: 'cart', port: 8080 },
    protocol: 'TCP',
    port: 8080,
  },
  runbook: shopCatalog.runbooks['service-unreachable'] ?? null,
  trail: [sourceRuns, serviceExists, portAmbiguous, addressNotTried],
  flights: [
    { check: 'service-selects-pods', startedAt: now - 900, result: 'fail', outcome: 'none-matched' },
    { check: 'service-has-ready-endpoints', startedAt: now - 1300 },
  ],
  current: { node: 'endpoints', check: 'service-has-ready-endpoints', run: 1, startedAt: now - 1300, limitMs: 10_000 },
  reviewing: false,
  asking: null,
  paused: false,
  pace: 'auto',
  canGoBack: true,
  verdict: null,
  failure: null,
  commands: [
    {
      ...{ node: 'source', run: 1, where: 'api', exitCode: null, durationMs: 41 },
      argv: ['GET', '/api/v1/namespaces/shop/pods/web-7d9f'],
    },
    {
      ...{ node: 'port', run: 1, where: 'pod/shop/web-7d9f', exitCode: 1, durationMs: 120 },
      argv: ['wget', '-T', '3', '-O', '-', 'http://10.96.14.7:8080/ a'],
    },
  ],
  cost: { requests: 7, bytes: 41_200, commands: 0 },
  k8sVersion: 'v1.35.2',
  access: { allowed: ['list pods in shop', 'get services in shop'], denied: ['create pods/exec in shop'] },
  startedAt,
};

const verdict: Verdict = {
  result: 'fault',
  causes: [
    {
      id: 'SVC-01',
      certainty: 'certain',
      subject: 'Service shop/cart',
      statement: {
        en: 'Service shop/cart selects app=cart,tier=api, but no Pod in the Namespace carries these labels.',
        'zh-CN': 'Service shop/cart 的选择算符是 app=cart,tier=api, 但该名字空间中没有 Pod 带有这些标签.',
      },
      evidence: ['selects.1'],
      grounds: [
        { check: 'service-selects-pods', node: 'selects', outcome: 'none-matched', weight: 'decisive' },
        { check: 'service-has-ready-endpoints', node: 'endpoints', outcome: 'none-listed', weight: 'strong' },
      ],
      explains: [],
      unexplained: [],
      capped: [],
    },
  ],
  ruledOut: [{ id: 'SVC-17', by: 'port/service-offers-the-port' }],
  notChecked: [
    { check: 'service-address-answers', stage: 'connectivity', reason: { code: 'not-granted', detail: '' } },
    { check: 'stage:policy', stage: 'policy', reason: { code: 'not-built', detail: '' } },
    { check: 'stage:dns', stage: 'dns', reason: { code: 'not-built', detail: '' } },
    { check: 'stage:cni', stage: 'cni', reason: { code: 'not-built', detail: '' } },
  ],
  unexplained: [],
  sharing: {
    hop: 'service',
    at: ['shop/cart'],
    groups: [
      { kind: 'services', names: ['shop/cart-canary'], count: 1, more: false },
      { kind: 'ingresses', names: ['shop/front'], count: 1, more: false },
    ],
    unseen: [{ kind: 'routes', where: '*', code: 'forbidden' }],
  },
  tree: { cause: 'SVC-01' },
  next: 'service-address-answers',
};

const question = base.runbook?.nodes.recent;

/** One look for each thing that a session can be doing. */
export const looks = {
  preparing: {
    ...base,
    phase: 'preparing',
    runbook: null,
    trail: [],
    flights: [],
    current: null,
    access: null,
    k8sVersion: null,
    canGoBack: false,
  },
  running: base,
  paused: { ...base, paused: true },
  reviewing: { ...base, trail: [...base.trail, nothingListed], reviewing: true, pace: 'step', flights: [] },
  asking: {
    ...base,
    trail: [...base.trail, nothingListed],
    current: null,
    asking: question && 'ask' in question ? { node: 'recent', question } : null,
  },
  denied: { ...base, trail: [...base.trail, denied], reviewing: true, pace: 'step' },
  policed: { ...base, trail: [...base.trail, shutOut], reviewing: true, pace: 'step', flights: [] },
  judged: {
    ...base,
    phase: 'judged',
    trail: [...base.trail, nothingListed, nothingSelected],
    current: null,
    verdict,
    canGoBack: false,
  },
  residual: {
    ...base,
    phase: 'judged',
    trail: [...base.trail, nothingListed, nothingSelected],
    current: null,
    canGoBack: false,
    verdict: {
      ...verdict,
      causes: verdict.causes.map((cause) => ({ ...cause, unexplained: ['name-times-out'] })),
      unexplained: ['name-times-out'],
    },
  },
  disagreeing: {
    ...base,
    phase: 'judged',
    trail: [...base.trail, nothingListed, nothingSelected],
    current: null,
    canGoBack: false,
    verdict: {
      ...verdict,
      tree: { cause: 'SVC-17' },
      causes: verdict.causes.map((cause) => ({ ...cause, certainty: 'probable', capped: ['rival', 'not-reproduced'] })),
    },
  },
  healthy: {
    ...base,
    phase: 'judged',
    current: null,
    canGoBack: false,
    verdict: { ...verdict, result: 'healthy', causes: [], tree: 'healthy', notChecked: [] },
  },
  inconclusive: {
    ...base,
    phase: 'judged',
    current: null,
    canGoBack: false,
    verdict: {
      ...verdict,
      result: 'inconclusive',
      causes: verdict.causes.map((cause) => ({ ...cause, certainty: 'possible', capped: ['only-weak'] })),
      tree: 'inconclusive',
    },
  },
  failed: {
    ...base,
    phase: 'over',
    runbook: null,
    trail: [],
    flights: [],
    current: null,
    canGoBack: false,
    failure: {
      code: 'unreachable',
      message: 'The API server at 192.0.2.10:6443 does not answer: connect ECONNREFUSED.',
    },
  },
} satisfies Record<string, SessionLook> as Record<string, SessionLook>;
