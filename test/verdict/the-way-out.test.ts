import { expect, it } from 'vitest';
import { summary, trailOf, weighed } from './weighed.js';

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
  ['a server that wants credentials', { ...answers, 'destination-takes-the-requests': 'forbids' }],
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
