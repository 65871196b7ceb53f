import { expect, it } from 'vitest';
import { bestOf, summary, trailOf, weighed } from './weighed.js';

const answers = { 'destination-address-answers': 'answers' };

it.each([
  [
    'the destination counts what comes from here',
    ['fault', 'EGR-07', 'certain'],
    { ...answers, 'destination-takes-the-requests': 'too-many' },
  ],
  [
    'the way out swallows large packets',
    ['fault', 'MTU-04', 'probable'],
    {
      ...answers,
      'destination-takes-the-requests': 'takes',
      'large-payloads-pass': 'large-hang',
      'path-mtu-fits': 'outside-hole',
    },
  ],
])('%s', (_, wanted, trail) => expect(summary(trailOf(trail))).toEqual(wanted));

it.each([
  ['one that speaks no HTTP and hangs up', { ...answers, 'destination-takes-the-requests': 'hangs-up' }],
  [
    'one behind a firewall that drops long echoes alone',
    {
      ...answers,
      'destination-takes-the-requests': 'takes',
      'large-payloads-pass': 'all-pass',
      'path-mtu-fits': 'outside-hole',
    },
  ],
])('accuses nobody for %s', (_, trail) => {
  const { result, causes } = weighed(trailOf(trail), { conclusion: { healthy: null } });
  expect(result).toBe('healthy');
  expect(causes.filter(({ certainty }) => certainty !== 'possible')).toEqual([]);
});

// A list of addresses that are let in looks the same as a server that wants credentials.
it('calls nothing healthy where requests are forbidden, and accuses nobody for it', () => {
  const trail = trailOf({ ...answers, 'destination-takes-the-requests': 'forbids' });
  const { result, causes } = weighed(trail, { conclusion: { healthy: null } });
  expect(result).toBe('inconclusive');
  expect(causes.map(({ id, certainty }) => [id, certainty])).toEqual([['EGR-07', 'possible']]);
});

it('holds no wall outside responsible for what kube-proxy drops on the node', () => {
  const trail = {
    ...{ 'destination-address-answers': 'times-out', 'address-lies-outside-the-cluster': 'outside' },
    ...{ 'service-range-is-apart': 'holds-the-destination', 'destination-answers-the-node': 'answers-a-peer-only' },
    ...{ 'node-knows-a-way-there': 'routed', 'next-hop-answers': 'answers' },
  };
  const stopped = (word: string) => weighed(trailOf({ ...trail, 'forwarding-is-not-filtered': word }));
  expect(bestOf(stopped('by-kube-proxy'))).toEqual(['fault', 'SVC-14', 'probable']);
  expect(stopped('by-kube-proxy').causes.map(({ id }) => id)).not.toContain('EGR-03');
  expect(stopped('open').causes.map(({ id }) => id)).toContain('EGR-03');
});
