import type { Facts } from '../../src/domain/finding.js';

/** What a session saw, by check: the outcome, and the facts a sentence or a remedy needs. */
export type Seen = Record<string, string | [outcome: string, facts: Facts]>;

export const probes = [
  'source-can-probe',
  'service-address-answers',
  'each-endpoint-answers',
  'near-and-far-endpoints-answer',
  'endpoint-answers-ping',
  'service-name-resolves',
  'service-name-answers',
  'destination-listens-on-target-port',
  'endpoint-answers-itself',
];

/** What the objects of a shop without a fault show. */
export const objects: Seen = {
  'source-pod-is-running': 'running',
  'service-exists': 'exists',
  'service-offers-the-port': ['offered', { offered: ['http 80/TCP'], port: 80 }],
  'service-selects-pods': ['matched', { selector: { app: 'cart' }, pods: ['cart-1', 'cart-2', 'cart-3'] }],
  'service-has-ready-endpoints': ['ready', { addresses: ['10.244.1.7', '10.244.2.7'] }],
  'target-port-is-in-every-pod': ['all', { 'target-port': 8080, offered: ['http 8080/TCP'] }],
  'service-protocol-fits-pods': 'fits',
  'service-ip-families-fit': 'fits',
  'endpoints-match-pods': 'current',
  'endpoints-come-from-one-workload': ['one', { selector: { app: 'cart' }, owners: { 'Deployment/cart': 3 } }],
  'internal-traffic-policy-reaches-an-endpoint': 'cluster',
  'session-affinity-is-off': 'off',
  'destination-pods-are-running': 'all-running',
  'destination-pods-are-ready': 'all-ready',
  'pod-nodes-are-ready': 'ready',
};

/** What the probes of a shop without a fault show. */
export const answers: Seen = {
  'source-can-probe': 'can',
  'service-address-answers': 'answers',
  'each-endpoint-answers': 'all-answer',
  'near-and-far-endpoints-answer': 'both-answer',
  'service-name-resolves': 'matches',
  'service-name-answers': 'answers',
};

export const refusesWithoutEndpoints: Seen = {
  'source-can-probe': 'can',
  'service-address-answers': 'refused',
  'each-endpoint-answers': 'none-to-try',
  'service-name-resolves': 'matches',
};

export const wrongSelector: Seen = {
  ...objects,
  ...refusesWithoutEndpoints,
  'service-selects-pods': ['none-matched', { selector: { app: 'cartt' }, wanted: { app: 'cart' }, near: ['cart-1'] }],
  'workload-makes-pods': 'no-workload',
  'service-has-ready-endpoints': 'none-listed',
  'destination-pods-are-running': 'none-selected',
  'destination-pods-are-ready': 'none-selected',
  'endpoints-match-pods': 'nothing-to-compare',
  'endpoints-come-from-one-workload': 'nothing-to-compare',
};

export const failingReadiness: Seen = {
  ...objects,
  ...refusesWithoutEndpoints,
  'service-has-ready-endpoints': ['none-ready', { addresses: ['10.244.1.7'] }],
  'destination-pods-are-ready': [
    'none-ready',
    { pods: ['cart-1'], probe: 'GET :8080/ready', reason: 'ContainersNotReady', message: 'HTTP 503' },
  ],
};

export const wrongTargetPort: Seen = {
  ...objects,
  'source-can-probe': 'can',
  'service-address-answers': 'refused',
  'each-endpoint-answers': 'all-refused',
  'service-name-resolves': 'matches',
  'target-port-is-in-every-pod': ['number-undeclared', { port: 80, 'target-port': 8081, offered: ['http 8080/TCP'] }],
  'destination-listens-on-target-port': 'other-port',
};

export const missingNamedPort: Seen = {
  ...objects,
  ...refusesWithoutEndpoints,
  'service-has-ready-endpoints': ['port-not-listed', { addresses: ['10.244.1.7'] }],
  'target-port-is-in-every-pod': [
    'named-missing-everywhere',
    { port: 80, 'target-port': 'web', offered: ['http 8080/TCP'] },
  ],
};

export const otherProtocol: Seen = {
  ...objects,
  'source-can-probe': 'can',
  'service-offers-the-port': ['other-protocol', { offered: ['80/UDP'] }],
  'service-address-answers': 'no-address',
  'each-endpoint-answers': 'none-to-try',
  'service-protocol-fits-pods': 'differs',
};

export const tooWide: Seen = {
  ...objects,
  'source-can-probe': 'can',
  'service-address-answers': 'some-fail',
  'each-endpoint-answers': 'some-fail',
  'near-and-far-endpoints-answer': 'both-answer',
  'service-name-resolves': 'matches',
  'endpoints-come-from-one-workload': [
    'several',
    { selector: { tier: 'web' }, owners: { 'Deployment/cart': 2, 'Deployment/payments': 1 } },
  ],
};

export const crashing: Seen = {
  ...objects,
  ...refusesWithoutEndpoints,
  'service-has-ready-endpoints': ['none-ready', { addresses: ['10.244.1.7'] }],
  'destination-pods-are-running': [
    'none-running',
    { pods: ['cart-1'], reasons: { 'cart-1': 'CrashLoopBackOff' }, message: 'exit 1' },
  ],
  'destination-pods-are-ready': 'none-running',
};

export const loopbackOnly: Seen = {
  ...objects,
  'source-can-probe': 'can',
  'service-address-answers': 'refused',
  'each-endpoint-answers': 'all-refused',
  'service-name-resolves': 'matches',
  'destination-listens-on-target-port': 'loopback-only',
  'endpoint-answers-itself': 'loopback-only',
};

export const unreadyLoopback: Seen = { ...failingReadiness, 'destination-listens-on-target-port': 'loopback-only' };

export const deadManualEndpoint: Seen = {
  ...objects,
  'source-can-probe': 'can',
  'service-address-answers': 'times-out',
  'each-endpoint-answers': 'all-time-out',
  'service-name-resolves': 'matches',
  'service-selects-pods': 'no-selector',
  'manual-endpoints-are-usable': 'usable',
  'target-port-is-in-every-pod': 'selectorless',
  'endpoints-match-pods': 'unmanaged',
  'endpoints-come-from-one-workload': 'nothing-to-compare',
  'destination-pods-are-running': 'no-selector',
  'destination-pods-are-ready': 'no-selector',
};

export const localPolicy: Seen = {
  ...objects,
  ...answers,
  'service-address-answers': 'times-out',
  'service-name-answers': 'fails',
  'internal-traffic-policy-reaches-an-endpoint': ['no-local-endpoint', { node: 'node-a', nodes: ['node-b'] }],
};

export const missingService: Seen = {
  'source-pod-is-running': 'running',
  'service-exists': ['missing', { near: ['card'] }],
  'service-name-resolves': 'not-found',
};

export const mappedHeadless: Seen = {
  'source-pod-is-running': 'running',
  'service-exists': 'headless',
  'headless-port-is-the-container-port': ['mapped', { port: 80, 'target-port': 8080 }],
  'each-endpoint-answers': 'all-answer',
  'service-name-answers': 'fails',
};

export const unreadyPeers: Seen = {
  ...objects,
  'service-exists': 'headless',
  'service-offers-the-port': 'not-enforced',
  'headless-port-is-the-container-port': 'same',
  'destination-pods-are-ready': 'published-anyway',
  'each-endpoint-answers': 'all-answer',
  'service-name-resolves': 'matches',
  'service-name-answers': 'answers',
};

export const externalNowhere: Seen = {
  'source-pod-is-running': 'running',
  'service-exists': ['external-name', { target: 'www.exmaple.com' }],
  'external-name-is-plausible': ['plausible', { target: 'www.exmaple.com' }],
  'service-name-resolves': 'not-found',
};
