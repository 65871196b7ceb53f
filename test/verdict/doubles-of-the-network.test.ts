import { expect, it } from 'vitest';
import { type Ahead, expectAhead } from './ahead.js';

const silentService = { 'service-address-answers': 'times-out' };
const silentPods = { ...silentService, 'each-endpoint-answers': 'all-time-out' };
const silentPod = { 'destination-address-answers': 'times-out' };
const far = { 'service-address-answers': 'some-fail', 'near-and-far-endpoints-answer': 'far-fails' };
const onlyService = { ...silentService, 'each-endpoint-answers': 'all-answer' };
const lost = { ...far, 'tunnel-port-is-open': 'lost-on-the-way', 'node-addresses-reach-each-other': 'reach' };
const bare = {
  ...{ ...far, 'tunnel-port-is-open': 'no-tunnel', 'node-addresses-reach-each-other': 'reach' },
  'routes-to-pods-are-present': 'present',
};
const bgpDown = {
  ...{ 'calico-peers-are-established': 'down', 'calico-ways-fit-the-pool': 'no-route' },
  ...{ 'calico-node-addresses-are-right': 'right', 'cni-agent-runs': 'runs' },
};
const unwrapped = { 'calico-ways-fit-the-pool': 'unwrapped', 'calico-drops-nothing': 'nothing-dropped' };
const fewWays = { 'node-port-answers-on-every-node': 'some-fail', 'replies-leave-where-packets-arrive': 'same' };
const filtered = { 'replies-leave-where-packets-arrive': 'filtered' };
const captured = { 'policy-rules-keep-pod-routes': 'captured' };
const wrongMac = { 'tunnel-peers-are-current': 'old-hardware-address' };
const several = { 'load-balancer-address-has-one-owner': 'several' };

const pairs: readonly Ahead[] = [
  ['AWS-02', 'NODE-02', { ...fewWays, 'answers-of-further-cards-are-marked': 'not-marked' }],
  ['NODE-02', 'AWS-02', { ...silentPods, ...filtered, 'answers-of-further-cards-are-marked': 'first-card' }],
  ['CAL-01', 'CNI-11', { ...far, ...bgpDown }],
  ['CNI-11', 'CAL-01', { ...lost, 'calico-peers-are-established': 'established' }],
  ['CAL-02', 'CNI-10', { ...far, 'calico-node-addresses-are-right': 'shared' }],
  [
    'CNI-10',
    'CAL-02',
    { ...far, 'calico-node-addresses-are-right': 'right', 'tunnel-peers-are-current': 'wrong-public-address' },
  ],
  ['CAL-04', 'CNI-20', { ...bare, ...unwrapped }],
  ['CNI-20', 'CAL-04', { ...bare, 'calico-ways-fit-the-pool': 'not-calico' }],
  [
    'CAL-09',
    'CNI-01',
    { ...silentPod, 'pod-sandboxes-are-made': 'made', 'calico-rules-cover-the-pods': 'pod-without-rules' },
  ],
  ['CNI-01', 'CAL-09', { ...silentPod, 'pod-sandboxes-are-made': 'network-not-ready' }],
  ['CIL-06', 'SVC-09', { ...silentPods, 'endpoints-match-pods': 'current', 'cilium-knows-the-pods': 'another-node' }],
  ['SVC-09', 'CIL-06', { ...silentPods, 'endpoints-match-pods': 'stale', 'cilium-knows-the-pods': 'known' }],
  ['CIL-09', 'CNI-11', { ...far, 'cilium-drops-nothing': 'encryption' }],
  ['CNI-11', 'CIL-09', { ...lost, 'cilium-drops-nothing': 'nothing-dropped' }],
  [
    'CNI-06',
    'CNI-09',
    { ...silentPod, 'pod-sandboxes-are-made': 'old-bridge-address', 'node-can-give-pods-a-network': 'several-configs' },
  ],
  [
    'CNI-09',
    'CNI-06',
    {
      'pod-sandboxes-are-made': 'made',
      'node-can-give-pods-a-network': 'several-configs',
      'pod-addresses-are-unique': 'outside-range',
    },
  ],
  ['CNI-12', 'NODE-01', { ...far, ...wrongMac, 'node-forwards-packets': 'forwards' }],
  ['NODE-01', 'CNI-12', { ...far, 'node-forwards-packets': 'switched-off', 'tunnel-peers-are-current': 'current' }],
  ['CNI-17', 'CNI-20', { ...bare, 'next-hops-are-neighbours': 'not-neighbours' }],
  ['CNI-20', 'CNI-11', bare],
  [
    'CNI-24',
    'NP-10',
    {
      ...{ ...silentPods, 'policies-allow-ingress': 'allowed', 'policies-allow-egress': 'open' },
      ...{ 'policy-rules-drop-nothing': 'dropped-at-destination', 'pod-source-is-kept': 'masqueraded' },
    },
  ],
  ['CNI-20', 'CNI-17', { ...bare, 'next-hops-are-neighbours': 'neighbours' }],
  ['CNI-18', 'NP-01', { ...lost, 'endpoint-answers-ping': 'answers', 'policies-allow-ingress': 'allowed' }],
  ['NP-01', 'CNI-18', { ...silentPods, 'policies-allow-ingress': 'denied' }],
  ['CNI-18', 'CNI-19', { ...lost, 'endpoint-answers-ping': 'answers', 'offloads-are-sound': 'wrong-checksums' }],
  ['CNI-19', 'CNI-11', { ...lost, 'endpoint-answers-ping': 'answers' }],
  ['CNI-11', 'CNI-19', { ...lost, 'endpoint-answers-ping': 'far-silent', 'tunnel-peers-are-current': 'current' }],
  [
    'NODE-04',
    'CNI-22',
    { ...silentPods, 'tunnel-peers-are-current': 'no-tunnel', 'node-forwards-packets': 'switched-off' },
  ],
  [
    'CT-05',
    'KP-02',
    { ...onlyService, 'kube-proxy-rules-match-endpoints': 'match', 'connections-are-tracked-right': 'stale-target' },
  ],
  [
    'KP-02',
    'CT-05',
    { ...onlyService, 'kube-proxy-rules-match-endpoints': 'stale', 'connections-are-tracked-right': 'right' },
  ],
  ['KP-09', 'NP-01', { ...onlyService, 'return-path-is-masqueraded': 'bridge-skips-rules' }],
  ['NP-01', 'KP-09', { ...silentPods, 'return-path-is-masqueraded': 'returns', 'policies-allow-ingress': 'denied' }],
  [
    'LB-04',
    'NODE-13',
    { ...several, 'load-balancer-answers-the-client': 'some-fail', 'node-addresses-have-one-owner': 'one-owner' },
  ],
  [
    'NODE-13',
    'LB-04',
    {
      ...silentPod,
      'load-balancer-address-has-one-owner': 'one-owner',
      'node-addresses-have-one-owner': 'stranger-answers',
    },
  ],
  ['NODE-02', 'NODE-03', { ...silentPod, ...filtered }],
  ['NODE-03', 'NODE-02', { ...silentPod, ...captured, 'replies-leave-where-packets-arrive': 'same' }],
  [
    'NODE-11',
    'NODE-03',
    { 'destination-address-answers': 'some-fail', 'node-addresses-reach-each-other': 'some-lost' },
  ],
  ['NODE-03', 'NODE-11', { ...silentPod, ...captured, 'node-addresses-reach-each-other': 'reach' }],
  [
    'NODE-14',
    'NP-01',
    { ...silentPods, 'packet-hooks-are-known': 'foreign', 'flow-passes-every-point': 'lost-on-destination-node' },
  ],
  ['NP-01', 'NODE-14', { ...silentPods, 'packet-hooks-are-known': 'none', 'policies-allow-ingress': 'denied' }],
  ['POD-01', 'CNI-21', { ...silentPod, 'destination-pods-are-running': 'none-running' }],
  [
    'CNI-21',
    'POD-01',
    { ...silentPod, 'destination-pods-are-running': 'all-running', 'pod-device-is-attached': 'device-down' },
  ],
];

it.each(pairs)('%s, and not %s', (...pair) => expectAhead(pair));

it('no pair is written down twice', () => {
  const names = pairs.map(([leads, behind]) => `${leads} ${behind}`);
  expect(new Set(names).size).toBe(names.length);
});
