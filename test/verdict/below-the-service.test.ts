import { describe, expect, it } from 'vitest';
import { notGranted } from './found.js';
import { answers, objects, type Seen } from './shop.js';
import { bestOf, trailOf, weighed } from './weighed.js';

const verdictOn = (seen: Seen, blind: readonly string[] = []) =>
  weighed(
    trailOf(seen).map((finding) => (blind.includes(finding.check) ? notGranted(finding.check) : finding)),
    { stagesBuilt: ['pod', 'connectivity', 'service', 'cni'] },
  );

const best = (seen: Seen, blind?: readonly string[]) => bestOf(verdictOn(seen, blind));

/** What the stage shows where nothing is wrong with it. */
const sound: Seen = {
  'pod-device-is-attached': 'attached',
  'cni-agent-runs': 'runs',
  'node-addresses-reach-each-other': 'reach',
  'routes-to-pods-are-present': 'present',
  'tunnel-peers-are-current': 'current',
  'node-forwards-packets': 'forwards',
  'replies-leave-where-packets-arrive': 'same',
  'tunnel-port-is-open': 'passes',
  'pod-addresses-are-unique': 'unique',
  'pod-sandboxes-are-made': 'made',
};

/** One client and one server on different nodes, as most flows that fail between nodes. */
const farTimesOut: Seen = {
  ...objects,
  'service-address-answers': 'times-out',
  'each-endpoint-answers': 'all-time-out',
  'near-and-far-endpoints-answer': 'one-kind-only',
  'endpoint-answers-ping': 'silent',
  ...sound,
};

const lost = { 'tunnel-port-is-open': 'lost-on-the-way' } as const;

describe('a fault of the lab below the Service', () => {
  it.each<[string, Seen, string, string]>([
    ['the port of the tunnel is closed', lost, 'CNI-11', 'certain'],
    [
      'a neighbour entry is gone',
      { 'tunnel-peers-are-current': 'no-hardware-address', 'tunnel-port-is-open': 'not-sent' },
      'CNI-12',
      'certain',
    ],
    ['an entry leads to an old node', { 'tunnel-peers-are-current': 'old-host-address', ...lost }, 'CNI-13', 'certain'],
    ['a wrong public address', { 'tunnel-peers-are-current': 'wrong-public-address', ...lost }, 'CNI-10', 'certain'],
    [
      'an agent that hangs while a peer is made anew',
      { 'tunnel-peers-are-current': 'old-hardware-address', 'tunnel-port-is-open': 'not-answered' },
      'CNI-12',
      'certain',
    ],
    [
      'a route is missing',
      { 'routes-to-pods-are-present': 'no-route', 'tunnel-port-is-open': 'no-tunnel' },
      'CNI-14',
      'certain',
    ],
    [
      'forwarding is off',
      { 'node-forwards-packets': 'switched-off', 'tunnel-port-is-open': 'not-answered' },
      'NODE-01',
      'certain',
    ],
    [
      'a strict filter and two ways',
      { 'replies-leave-where-packets-arrive': 'filtered', 'tunnel-port-is-open': 'not-answered' },
      'NODE-02',
      'certain',
    ],
    [
      'a veth is off the bridge',
      { 'pod-device-is-attached': 'off-the-bridge', 'tunnel-port-is-open': 'not-answered' },
      'CNI-21',
      'certain',
    ],
    [
      'a veth is down',
      { 'pod-device-is-attached': 'device-down', 'tunnel-port-is-open': 'not-sent' },
      'CNI-21',
      'certain',
    ],
    [
      'a Pod without a default route, which still reaches all Pods',
      {
        'pod-device-is-attached': 'no-route-in-pod',
        'service-address-answers': 'unreachable',
        'each-endpoint-answers': 'all-answer',
        'endpoint-answers-ping': 'answers',
      },
      'NODE-03',
      'certain',
    ],
    [
      'the network of a node was restarted',
      {
        'tunnel-peers-are-current': 'no-tunnel',
        'node-forwards-packets': 'switched-off',
        'tunnel-port-is-open': 'no-tunnel',
      },
      'NODE-04',
      'certain',
    ],
    [
      'an address given twice',
      {
        'pod-addresses-are-unique': 'shared',
        'each-endpoint-answers': 'all-refused',
        'service-address-answers': 'refused',
        'endpoint-answers-ping': 'answers',
      },
      'CNI-08',
      'certain',
    ],
  ])('%s', (_, seen, id, certainty) => {
    expect(best({ ...farTimesOut, ...seen })).toEqual(['fault', id, certainty]);
  });

  const noneReady: Seen = {
    ...objects,
    'service-address-answers': 'refused',
    'each-endpoint-answers': 'none-to-try',
    'service-has-ready-endpoints': 'none-listed',
    'destination-pods-are-running': 'none-running',
    'destination-pods-are-ready': 'none-running',
    'cni-agent-runs': 'runs',
  };

  it.each([
    ['CNI-01', 'network-not-ready', 'no-config'],
    ['CNI-02', 'plugin-missing', 'plugin-missing'],
    ['CNI-03', 'no-lease-file', 'no-lease-file'],
    ['CNI-06', 'old-bridge-address', 'bridge-of-another-range'],
    ['CNI-07', 'addresses-used-up', 'addresses-used-up'],
  ])('%s: %s', (id, event, onNode) => {
    const seen = { ...noneReady, 'pod-sandboxes-are-made': event, 'node-can-give-pods-a-network': onNode };
    expect(best(seen)).toEqual(['fault', id, 'certain']);
    expect(best(seen, ['node-can-give-pods-a-network'])).toEqual(['fault', id, 'certain']);
  });
});

describe('what was not allowed to be looked at', () => {
  const atNodes = Object.keys(sound).filter(
    (check) => !['cni-agent-runs', 'pod-addresses-are-unique', 'pod-sandboxes-are-made'].includes(check),
  );

  it('leaves a closed port no more than possible', () => {
    const [result, , certainty] = best({ ...farTimesOut, ...lost }, atNodes);
    expect([result, certainty]).toEqual(['inconclusive', 'possible']);
  });

  it('leaves lost packets probable where the tables of the tunnel were not read', () => {
    expect(best({ ...farTimesOut, ...lost }, ['tunnel-peers-are-current'])).toEqual(['fault', 'CNI-11', 'probable']);
  });
});

it('accuses nobody below a Service that answers', () => {
  expect(verdictOn({ ...objects, ...answers, ...sound })).toMatchObject({ result: 'healthy', causes: [] });
});

it('accuses nobody for what is wrong beside a flow that answers', () => {
  const odd: Seen = {
    'tunnel-peers-are-current': 'wrong-elsewhere',
    'routes-to-pods-are-present': 'wrong-elsewhere',
    'node-forwards-packets': 'off-elsewhere',
    'replies-leave-where-packets-arrive': 'asymmetric',
    'node-addresses-reach-each-other': 'port-closed-off',
    'node-can-give-pods-a-network': 'several-configs',
    'cni-agent-runs': 'restarted',
  };
  expect(verdictOn({ ...objects, ...answers, ...sound, ...odd }).result).toBe('healthy');
});
