import { describe, expect, it } from 'vitest';
import { weigh } from '../../src/verdict/weigh.js';
import { found } from './found.js';
import { causes, elimination } from './real-causes.js';

/** What a walk found at a door, by check, in short. */
const checks = {
  rule: 'ingress-has-a-rule-for-the-request',
  class: 'ingress-class-has-a-controller',
  controller: 'ingress-controller-is-ready',
  client: 'ingress-answers-the-client',
  served: 'controller-serves-the-ingress',
  backend: 'ingress-backend-is-ready',
  log: 'controller-log-names-no-fault',
  backends: 'backends-answer-the-controller',
  shown: 'served-certificate-fits-the-host',
  address: 'load-balancer-has-an-address',
  ranges: 'source-ranges-admit-the-client',
  announced: 'load-balancer-is-announced',
  balancer: 'load-balancer-answers-the-client',
  ports: 'node-port-answers-on-every-node',
  owner: 'load-balancer-address-has-one-owner',
  outside: 'destination-address-answers',
  node: 'destination-answers-the-node',
  special: 'destination-is-an-ordinary-address',
  exceptions: 'masquerade-exceptions-spare-the-destination',
  translated: 'source-address-is-translated',
} as const;
type Trail = { readonly [K in keyof typeof checks]?: string };

const weighed = (trail: Trail) =>
  weigh({
    findings: Object.entries(trail).map(([check, outcome]) => found(checks[check as keyof Trail], outcome)),
    causes,
    elimination,
    conclusion: { healthy: null },
    stagesBuilt: ['ingress', 'exposure', 'egress'],
    flowWords: { source: 'shop/checkout', destination: 'shop/front', namespace: 'shop', ingress: 'front' },
  });
const best = (trail: Trail) => {
  const [first] = weighed(trail).causes;
  return `${first?.id} ${first?.certainty}`;
};
const said = (word: string) => ({ client: word, served: word });
const fine = { rule: 'matched', class: 'served', controller: 'ready', backend: 'ready' };

// Named by the faults of the lab, with the outcomes they gave there.
describe('an Ingress', () => {
  it.each([
    [
      'its backend has another name',
      'ING-01',
      { ...fine, ...said('unavailable'), backend: 'service-missing', log: 'no-service' },
    ],
    ['nobody is ready', 'ING-01', { ...fine, ...said('unavailable'), backend: 'none-ready', log: 'no-endpoint' }],
    [
      'nothing listens there',
      'ING-02',
      { ...fine, ...said('bad-gateway'), log: 'connect-refused', backends: 'refuse' },
    ],
    ['headers are too big', 'ING-04', { ...fine, ...said('bad-gateway'), log: 'header-too-big' }],
    [
      'TLS is spoken to plain',
      'ING-05',
      { ...fine, ...said('bad-gateway'), log: 'wrong-protocol', backends: 'speak-plain' },
    ],
    ['plain is spoken to TLS', 'ING-05', { ...fine, ...said('bad-request'), log: 'quiet', backends: 'speak-tls' }],
    [
      'a policy drops',
      'ING-06',
      { ...fine, ...said('gateway-timeout'), log: 'connect-times-out', backends: 'time-out' },
    ],
    [
      'the application is slow',
      'ING-07',
      { ...fine, ...said('gateway-timeout'), log: 'read-times-out', backends: 'slow' },
    ],
    ['the host differs', 'ING-08', { ...fine, ...said('not-found'), rule: 'host-differs', log: 'quiet' }],
    ['the path differs', 'ING-08', { ...fine, ...said('not-found'), rule: 'path-differs', log: 'quiet' }],
    [
      'the controller works with what was',
      'ING-11',
      { ...fine, ...said('unavailable'), log: 'quiet', backends: 'answer' },
    ],
    [
      'the same, after a rollout in which connections were refused',
      'ING-11',
      { ...fine, ...said('unavailable'), log: 'connect-refused', backends: 'answer' },
    ],
    [
      'the same, after the PROXY protocol was waited for',
      'ING-11',
      { ...fine, ...said('unavailable'), log: 'proxy-protocol', backends: 'answer' },
    ],
    ['it waits for the PROXY protocol', 'ING-12', { ...fine, ...said('accepts-but-silent'), log: 'proxy-protocol' }],
    ['the certificate was lost', 'ING-13', { ...fine, ...said('redirects'), shown: 'controllers-own' }],
    [
      'the pods are gone, and their Service refuses',
      'ING-10',
      { rule: 'matched', class: 'served', controller: 'none', client: 'refused' },
    ],
  ])('%s: %s, certain', (_, id, trail) => expect(best(trail)).toBe(`${id} certain`));

  it.each([
    ['the class is of nobody', 'ING-08', { rule: 'matched', class: 'class-missing' }],
    ['bodies are too large', 'ING-14', { ...fine, client: 'answers', served: 'answers', log: 'body-too-large' }],
    ['the controller was scaled to zero', 'ING-10', { ...fine, controller: 'none', client: 'not-tried' }],
  ])('%s: %s, probable', (_, id, trail) => expect(best(trail)).toBe(`${id} probable`));

  it.each([
    [
      'a shared host, whose path another Ingress has',
      { ...fine, ...said('answers'), rule: 'path-differs', shown: 'no-tls', log: 'quiet' },
    ],
    [
      'one without a class that a controller takes',
      { ...fine, ...said('answers'), class: 'no-class', shown: 'no-tls', log: 'quiet' },
    ],
    ['refused connections of minutes ago', { ...fine, ...said('answers'), log: 'connect-refused' }],
  ])('accuses nobody for %s', (_, trail) => {
    const { result, causes: accused } = weighed(trail);
    expect(result).toBe('healthy');
    expect(accused.filter(({ certainty }) => certainty !== 'possible')).toEqual([]);
  });

  it('blames no controller for a 404 that the application gives itself', () =>
    expect(best({ ...fine, ...said('not-found'), log: 'quiet', backends: 'answer-with-errors' })).not.toMatch(
      /certain|probable/,
    ));
});

describe('a load balancer', () => {
  it.each([
    ['the pool is empty', 'LB-01 certain', { address: 'pool-exhausted' }],
    ['its speakers are gone', 'LB-05 certain', { address: 'given', balancer: 'answers', announced: 'no-speaker' }],
    ['nobody answers ARP', 'LB-05 certain', { address: 'given', announced: 'announced', owner: 'nobody' }],
    ['two answer ARP', 'LB-04 certain', { address: 'given', owner: 'several' }],
    ['the ranges forgot the client', 'SVC-15 probable', { address: 'given', ranges: 'not-admitted' }],
    ['ranges, tried', 'SVC-15 probable', { address: 'given', ranges: 'not-admitted', balancer: 'times-out' }],
    ['a policy of locals', 'SVC-08 certain', { ports: 'local-elsewhere', outside: 'times-out' }],
  ])('%s: %s', (_, wanted, trail) => expect(best(trail)).toBe(wanted));

  it('leaves it open whether the provider or the way back is wrong', () => {
    const { result, causes: accused } = weighed({ address: 'given', balancer: 'times-out', ports: 'all-answer' });
    expect(result).toBe('inconclusive');
    expect(accused.map(({ id }) => id)).toEqual(expect.arrayContaining(['LB-02', 'LB-06']));
    expect(accused.filter(({ certainty }) => certainty !== 'possible')).toEqual([]);
  });

  it('is healthy where it answers, whatever its policy', () =>
    expect(weighed({ address: 'given', ranges: 'admitted', balancer: 'answers', ports: 'as-local' })).toMatchObject({
      result: 'healthy',
      causes: [],
    }));
});

describe('the way out', () => {
  const noAnswer = { outside: 'times-out', node: 'answers-the-node-only' };

  it.each([
    [
      'an exception is too wide',
      'EGR-06 certain',
      { ...noAnswer, exceptions: 'covered', translated: 'not-translated' },
    ],
    ['nothing masquerades', 'EGR-01 probable', { ...noAnswer, exceptions: 'no-agent', translated: 'not-translated' }],
    ['metadata is for nodes', 'EGR-05 probable', { ...noAnswer, special: 'link-local' }],
  ])('%s: %s', (_, wanted, trail) => expect(best(trail)).toBe(wanted));
});
