import { describe, expect, it } from 'vitest';
import { trailOf, weighed } from './weighed.js';

const verdictOn = (outcomes: Readonly<Record<string, string>>) => {
  const { causes: ranked, result } = weighed(trailOf(outcomes), {
    conclusion: { inconclusive: null },
    stagesBuilt: ['pod', 'connectivity', 'policy', 'service', 'kube-proxy', 'cni'],
  });
  return { result, of: (id: string) => ranked.find((one) => one.id === id)?.certainty };
};

describe('a source that is rewritten between Pods, and a policy', () => {
  const silent = { 'service-address-answers': 'times-out', 'each-endpoint-answers': 'all-time-out' };
  const masked = { ...silent, 'pod-source-is-kept': 'masqueraded' };

  it.each([
    [
      'certain',
      { ...masked, 'policies-allow-ingress': 'allowed', 'policy-rules-drop-nothing': 'dropped-at-destination' },
    ],
    ['probable', { ...masked, 'policies-allow-ingress': 'allowed' }],
  ])('%s: the masquerading, and what it makes of the policy', (certainty, outcomes) => {
    const { of } = verdictOn(outcomes);
    expect([of('CNI-24'), of('NP-08')]).toEqual([certainty, certainty]);
  });

  it('is no more than a hint where no policy asks who it is', () => {
    const { of, result } = verdictOn({ ...masked, 'policies-allow-ingress': 'open' });
    expect([of('CNI-24'), of('NP-08'), result]).toEqual(['possible', undefined, 'inconclusive']);
  });

  it('is not blamed where the source is kept', () => {
    const { of } = verdictOn({ ...silent, 'pod-source-is-kept': 'kept', 'policies-allow-ingress': 'allowed' });
    expect([of('CNI-24'), of('NP-08')]).toEqual([undefined, undefined]);
  });
});

it('a policy that lets in the client and not the node that stands for it', () => {
  expect(verdictOn({ 'policies-allow-rewritten-clients': 'denied-as-node' }).of('NP-08')).toBe('probable');
  expect(verdictOn({ 'policies-allow-rewritten-clients': 'denied' }).of('NP-01')).toBe('probable');
  expect(verdictOn({ 'policies-allow-rewritten-clients': 'allowed' }).of('NP-08')).toBeUndefined();
});

describe('connections that IPVS keeps', () => {
  const failing = { 'service-address-answers': 'some-fail', 'each-endpoint-answers': 'all-answer' };
  it.each([
    ['certain', { 'ipvs-matches-endpoints': 'draining', 'ipvs-sends-the-source-to-listed-endpoints': 'sent-to-gone' }],
    ['possible', { 'ipvs-matches-endpoints': 'draining', 'ipvs-sends-the-source-to-listed-endpoints': 'kept-at-gone' }],
    [undefined, { 'ipvs-matches-endpoints': 'match', 'ipvs-sends-the-source-to-listed-endpoints': 'listed' }],
  ])('%s: by where they lead', (certainty, more) =>
    expect(verdictOn({ ...failing, ...more }).of('IPVS-02')).toBe(certainty),
  );

  // A client may have met an endpoint in the moment of its leaving, a minute ago.
  it.each([
    [undefined, 'sound'],
    ['probable', 'keeps-gone'],
  ])('%s while new connections work: by whether IPVS would let such a one go', (certainty, settings) => {
    const works = { 'service-address-answers': 'answers', 'each-endpoint-answers': 'all-answer' };
    const seen = { 'ipvs-sends-the-source-to-listed-endpoints': 'sent-to-gone', 'ipvs-settings-are-sound': settings };
    expect(verdictOn({ ...works, ...seen }).of('IPVS-02')).toBe(certainty);
  });
});

it('isolated ports are the cause only where the Pods talk to each other by their own addresses', () => {
  const isolated = { 'pod-device-is-attached': 'ports-isolated' };
  expect(
    verdictOn({ ...isolated, 'each-endpoint-answers': 'some-fail', 'near-and-far-endpoints-answer': 'near-fails' }).of(
      'CNI-21',
    ),
  ).toBe('certain');
  expect(verdictOn({ ...isolated, 'destination-address-answers': 'times-out' }).of('CNI-21')).toBe('certain');
  expect(verdictOn({ ...isolated, 'service-address-answers': 'times-out' }).of('CNI-21')).toBe('possible');
});

describe('a cause and what can be why it holds', () => {
  it.each([
    [
      'EGR-01',
      'AWS-03',
      {
        'destination-address-answers': 'times-out',
        'source-address-is-translated': 'not-translated',
        'aws-settings-suit-the-pods': 'older-than-settings',
      },
    ],
    [
      'POD-02',
      'AWS-04',
      {
        'service-address-answers': 'refused',
        'service-has-ready-endpoints': 'none-ready',
        'destination-pods-are-ready': 'none-ready',
        'destination-listens-on-target-port': 'listening',
        'aws-settings-suit-the-pods': 'probes-cut',
      },
    ],
    [
      'CIL-01',
      'NP-01',
      {
        'destination-address-answers': 'times-out',
        'cilium-drops-nothing': 'policy-denied',
        'policies-allow-ingress': 'denied',
      },
    ],
    [
      'CIL-01',
      'NP-02',
      {
        'destination-address-answers': 'times-out',
        'cilium-drops-nothing': 'policy-denied',
        'policies-allow-egress': 'denied',
      },
    ],
  ] as const)('%s stays as sure beside %s', (id, reason, outcomes) => {
    const { of, result } = verdictOn(outcomes);
    expect(result).toBe('fault');
    expect(['certain', 'probable']).toContain(of(id));
    expect(of(reason)).toBe('probable');
  });
});
