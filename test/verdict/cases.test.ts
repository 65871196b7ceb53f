import { describe, expect, it } from 'vitest';
import { forbidden, found, notGranted } from './found.js';
import {
  answers,
  crashing,
  deadManualEndpoint,
  failingReadiness,
  localPolicy,
  loopbackOnly,
  missingNamedPort,
  missingService,
  objects,
  otherProtocol,
  type Seen,
  tooWide,
  unreadyLoopback,
  wrongSelector,
  wrongTargetPort,
} from './shop.js';
import { summary, trailOf, weighed, withoutProbes } from './weighed.js';

describe('a fault that the lab can make', () => {
  it.each([
    ['wrong selector', wrongSelector, 'SVC-01', 'certain'],
    ['failing readiness probe', failingReadiness, 'POD-02', 'certain'],
    ['wrong target port', wrongTargetPort, 'SVC-03', 'certain'],
    ['named port that no Pod has', missingNamedPort, 'SVC-03', 'certain'],
    ['UDP offered, TCP asked, so that there is nothing to try', otherProtocol, 'SVC-04', 'probable'],
    ['the same, tried all the same', { ...otherProtocol, 'service-address-answers': 'refused' }, 'SVC-04', 'certain'],
    [
      'selector of a workload that is scaled to zero',
      { ...wrongSelector, 'service-selects-pods': 'none-alike', 'workload-makes-pods': 'wants-none' },
      'SVC-18',
      'certain',
    ],
    [
      'selector of a workload whose Pods are refused',
      { ...wrongSelector, 'service-selects-pods': 'none-alike', 'workload-makes-pods': 'cannot-make' },
      'POD-12',
      'certain',
    ],
    [
      'selector of Pods in another Namespace',
      { ...wrongSelector, 'service-selects-pods': 'only-elsewhere', 'workload-makes-pods': 'no-workload' },
      'SVC-01',
      'certain',
    ],
    [
      'wrong selector, workloads hidden',
      { ...wrongSelector, 'workload-makes-pods': 'partly-seen' },
      'SVC-01',
      'probable',
    ],
    ['listener on loopback behind a readiness probe', unreadyLoopback, 'POD-03', 'certain'],
    ['selector too wide', tooWide, 'SVC-05', 'certain'],
    ['crashing backend', crashing, 'POD-01', 'certain'],
    ['listener on loopback', loopbackOnly, 'POD-03', 'certain'],
    [
      'endpoint entered by hand that nobody has',
      { ...deadManualEndpoint, 'each-endpoint-answers': 'all-fail' },
      'SVC-06',
      'probable',
    ],
    ['traffic policy Local', localPolicy, 'SVC-07', 'certain'],
    ['missing Service', missingService, 'DNS-22', 'certain'],
  ])('%s', (_, seen, id, certainty) => expect(summary(trailOf(seen))).toEqual(['fault', id, certainty]));

  it.each([
    ['wrong selector', wrongSelector],
    ['failing readiness probe', failingReadiness],
    ['wrong target port', wrongTargetPort],
    ['crashing backend', crashing],
    ['selector too wide', tooWide],
  ])('%s accuses nobody else of more than a hint', (_, seen) => {
    const [, ...others] = weighed(trailOf(seen)).causes;
    expect(others.filter(({ certainty }) => certainty !== 'possible')).toEqual([]);
  });

  it('an endpoint entered by hand that is silent may as well be behind a policy or a firewall', () => {
    const { result, causes } = weighed(trailOf(deadManualEndpoint));
    expect([result, causes.find(({ id }) => id === 'SVC-06')?.certainty]).toEqual(['inconclusive', 'possible']);
  });

  it('is told with its names, in both languages', () => {
    expect(weighed(trailOf(wrongSelector)).causes[0]).toMatchObject({
      subject: 'Service shop/cart',
      statement: {
        en: 'Service shop/cart selects app=cartt, but no Pod in the Namespace carries these labels.',
        'zh-CN': 'Service shop/cart 的选择算符是 app=cartt, 但该名字空间中没有 Pod 带有这些标签.',
      },
    });
  });

  it('is told apart from a client that asks for the wrong port', () => {
    const wrongPort: Seen = {
      ...objects,
      'service-offers-the-port': ['not-offered', { offered: ['http 80/TCP'] }],
      'service-address-answers': 'times-out',
    };
    expect(summary(trailOf(wrongPort))).toEqual(['fault', 'SVC-17', 'certain']);
  });

  it('is the process when the Pods declare the port and listen on another', () => {
    const declared: Seen = { ...wrongTargetPort, 'target-port-is-in-every-pod': ['all', { 'target-port': 8081 }] };
    expect(summary(trailOf(declared))).toEqual(['fault', 'POD-03', 'certain']);
  });

  it('is the node when the Pods of a lost node turn unready', () => {
    const lost: Seen = {
      ...failingReadiness,
      'pod-nodes-are-ready': ['destination-node-not-ready', { nodes: ['node-b'], reason: 'NodeStatusUnknown' }],
    };
    expect(summary(trailOf(lost))).toEqual(['fault', 'NODE-09', 'certain']);
  });
});

describe('without probes', () => {
  it.each([
    ['wrong selector, exec forbidden', withoutProbes(wrongSelector, forbidden), ['fault', 'SVC-01', 'probable']],
    ['wrong selector, level observe', withoutProbes(wrongSelector, notGranted), ['fault', 'SVC-01', 'probable']],
    ['failing readiness, exec forbidden', withoutProbes(failingReadiness, forbidden), ['fault', 'POD-02', 'probable']],
    ['missing Service, level observe', withoutProbes(missingService, notGranted), ['fault', 'DNS-22', 'probable']],
    ['a sound shop, exec forbidden', withoutProbes(objects, forbidden), ['inconclusive', undefined, undefined]],
    ['a sound shop, level observe', withoutProbes(objects, notGranted), ['inconclusive', undefined, undefined]],
  ])('%s', (_, findings, expected) => expect(summary(findings)).toEqual(expected));

  it('names the flow itself as what to try next', () => {
    const { next, notChecked } = weighed(withoutProbes(objects, forbidden));
    expect(next).toBe('service-address-answers');
    expect(notChecked).toContainEqual({
      check: 'service-address-answers',
      stage: 'connectivity',
      reason: { code: 'forbidden', detail: 'pods/exec in shop' },
    });
  });
});

describe('a healthy shop', () => {
  it.each([
    ['is healthy', {}],
    [
      'stays healthy with one unready Pod of three',
      {
        'destination-pods-are-ready': ['some-not-ready', { pods: ['cart-3'], total: 1, of: 3 }],
        'service-has-ready-endpoints': ['some-not-ready', { addresses: ['10.244.2.9'] }],
      },
    ],
    [
      'stays healthy with a canary behind the same selector and a port that nobody declared',
      {
        'endpoints-come-from-one-workload': [
          'several',
          { owners: { 'Deployment/cart': 2, 'Deployment/cart-canary': 1 } },
        ],
        'target-port-is-in-every-pod': ['number-undeclared', { 'target-port': 8080 }],
      },
    ],
    [
      'stays healthy with endpoints kept by hand, affinity and a local policy that is met',
      {
        'service-selects-pods': 'no-selector',
        'manual-endpoints-are-usable': 'usable',
        'endpoints-match-pods': 'unmanaged',
        'session-affinity-is-off': 'client-ip',
        'internal-traffic-policy-reaches-an-endpoint': 'local-endpoint-here',
      },
    ],
  ] as [string, Seen][])('%s', (_, odd) => {
    const { result, causes: ranked } = weighed(trailOf({ ...objects, ...answers, ...odd }));
    expect(result).toBe('healthy');
    expect(ranked).toEqual([]);
  });

  it('is not called healthy when the last look fails', () => {
    const lastLook = { ...found('service-address-answers', 'some-fail'), node: 'last-look' };
    expect(weighed([...trailOf({ ...objects, ...answers }), lastLook]).result).toBe('inconclusive');
  });
});
