import { expect, it } from 'vitest';
import { trailOf, weighed } from './weighed.js';

const verdictOn = (outcomes: Readonly<Record<string, string>>, conclusion: 'healthy' | 'inconclusive' = 'healthy') =>
  weighed(trailOf(outcomes), {
    conclusion: conclusion === 'healthy' ? { healthy: null } : { inconclusive: null },
    stagesBuilt: ['pod', 'connectivity', 'policy', 'cni'],
  });
const service = { 'service-address-answers': 'answers-late', 'each-endpoint-answers': 'all-answer' };
const pod = { 'destination-address-answers': 'answers-late' };

it.each([service, pod, { 'each-endpoint-answers': 'some-late', 'service-address-answers': 'answers' }])(
  'calls nothing healthy that answers only after a packet was sent again: %j',
  (outcomes) => {
    const { result, causes: ranked } = verdictOn(outcomes);
    expect(result).toBe('inconclusive');
    expect(ranked.map(({ id, certainty }) => [id, certainty])).toContainEqual(['NODE-11', 'possible']);
    expect(ranked.every(({ certainty }) => certainty === 'possible')).toBe(true);
  },
);

it('stays with healthy where everything answered at once', () =>
  expect(verdictOn({ 'service-address-answers': 'answers', 'each-endpoint-answers': 'all-answer' }).result).toBe(
    'healthy',
  ));

it.each([service, pod])('blames the network between the nodes where that loses packets too: %j', (outcomes) => {
  const lossy = verdictOn({ ...outcomes, 'node-addresses-reach-each-other': 'some-lost' }, 'inconclusive');
  expect(lossy.causes[0]).toMatchObject({ id: 'NODE-11', certainty: 'probable' });
  const felt = verdictOn({ ...outcomes, 'node-path-loses-nothing': 'loses' }, 'inconclusive');
  expect(felt.causes[0]).toMatchObject({ id: 'NODE-11', certainty: 'certain' });
});

it('blames no policy and no rule: what answers at all is let through', () => {
  const { causes: ranked } = verdictOn(
    {
      ...service,
      'policies-allow-ingress': 'denied',
      'kube-proxy-rules-match-endpoints': 'stale',
      'forwarding-is-not-filtered': 'would-stop',
    },
    'inconclusive',
  );
  expect(ranked.filter(({ certainty }) => certainty !== 'possible')).toEqual([]);
});
