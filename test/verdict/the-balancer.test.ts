import { expect, it } from 'vitest';
import { summary, trailOf, weighed } from './weighed.js';

const [given, ports] = [
  { 'load-balancer-has-an-address': 'given' },
  { 'node-port-answers-on-every-node': 'all-answer' },
];
const client = (word: string) => ({ 'load-balancer-answers-the-client': word });
const others = (word: string) => ({ 'load-balancer-answers-other-nodes': word });

it.each([
  [
    'it ends what pauses',
    ['fault', 'LB-07', 'certain'],
    { ...given, ...client('answers'), ...ports, 'load-balancer-keeps-idle-connections': 'forgets' },
  ],
  [
    'it does not send a node back to itself',
    ['fault', 'LB-06', 'probable'],
    { ...given, ...client('some-fail'), ...ports, ...others('fails-where-servers-are') },
  ],
  [
    'it reaches no node',
    ['fault', 'LB-02', 'probable'],
    { ...given, ...client('times-out'), ...ports, ...others('answers-none') },
  ],
])('%s', (_, wanted, trail) => expect(summary(trailOf(trail))).toEqual(wanted));

it('says no more than possible of what nobody could look at from inside', () => {
  const { causes } = weighed(trailOf({ ...given, ...client('times-out'), ...ports, ...others('taken-inside') }));
  expect(causes.filter(({ certainty }) => certainty !== 'possible')).toEqual([]);
  expect(causes.map(({ id }) => id)).not.toContain('LB-06');
});

it('calls nothing healthy that only answered inside, where nobody has asked the load balancer', () => {
  const inside = { ...given, ...client('answers-inside'), ...ports, ...others('taken-inside') };
  const { result, causes } = weighed(trailOf(inside), { conclusion: { healthy: null } });
  expect([result, causes]).toEqual(['inconclusive', []]);
  const open = { 'source-ranges-admit-the-client': 'not-admitted' };
  expect(summary(trailOf({ ...inside, ...open }))[1]).toBe('SVC-15');
});

it('accuses no load balancer that is told to end silent connections soon, and answers', () => {
  const trail = { ...given, ...client('answers'), ...ports, 'load-balancer-keeps-idle-connections': 'short' };
  const { result, causes } = weighed(trailOf(trail), { conclusion: { healthy: null } });
  expect(result).toBe('healthy');
  expect(causes.filter(({ certainty }) => certainty !== 'possible')).toEqual([]);
});

it('holds the rules of a node against it where its port fails, and a provider no longer', () => {
  const trail = {
    ...{ 'load-balancer-has-an-address': 'given', 'load-balancer-answers-the-client': 'some-fail' },
    ...{ 'node-port-answers-on-every-node': 'some-fail', 'answers-of-further-cards-are-marked': 'not-marked' },
  };
  expect(summary(trailOf(trail))).toEqual(['fault', 'AWS-02', 'probable']);
});

it.each(['fails-where-servers-are', 'some-fail', 'answers-all'])(
  'suspects no missing announcement of an address at which some nodes are answered (%s)',
  (word) => {
    const { causes } = weighed(trailOf({ ...given, ...client('times-out'), ...ports, ...others(word) }));
    expect(causes.map(({ id }) => id)).not.toContain('LB-05');
  },
);
