import { expect, it } from 'vitest';
import { weigh } from '../../src/verdict/weigh.js';
import { found } from './found.js';
import { causes, elimination } from './real-causes.js';

const flowWords = {
  source: 'shop/checkout',
  destination: 'shop/cart',
  namespace: 'shop',
  service: 'cart',
  port: 80,
  protocol: 'TCP',
};

/** What a walk found behind endpoints that answer: outcomes by check, in short. */
const checks = {
  address: 'service-address-answers',
  endpoints: 'each-endpoint-answers',
  runs: 'kube-proxy-runs',
  rules: 'kube-proxy-rules-match-endpoints',
  log: 'kube-proxy-writes-its-rules',
  jumps: 'service-jumps-are-in-place',
  refuses: 'kube-proxy-refuses-nothing',
  ipvs: 'ipvs-matches-endpoints',
  back: 'return-path-is-masqueraded',
  forward: 'forwarding-is-not-filtered',
  mode: 'proxy-mode-is-one',
  names: 'service-name-resolves',
} as const;
type Trail = { readonly [K in keyof typeof checks]?: string };

const weighed = (trail: Trail) =>
  weigh({
    findings: Object.entries({ endpoints: 'all-answer', ...trail }).map(([check, outcome]) =>
      found(checks[check as keyof Trail], outcome),
    ),
    causes,
    elimination,
    stagesBuilt: ['pod', 'connectivity', 'service', 'kube-proxy'],
    flowWords,
  });
const best = (trail: Trail) => {
  const [first] = weighed(trail).causes;
  return [first?.id, first?.certainty];
};

const fine = { runs: 'running', log: 'writes' };

const down = { address: 'times-out', runs: 'not-running' };

it.each([
  ['is kept away from the node', 'KP-01', { ...down, rules: 'not-translated', log: 'no-pod' }],
  ['crashes, nobody knows why', 'KP-01', { ...down, rules: 'not-translated', log: 'crashes' }],
  ['finds no nft', 'KP-13', { ...down, rules: 'no-rules', log: 'nft-unsupported' }],
  [
    'finds no nft, and is just trying',
    'KP-13',
    { ...down, runs: 'other-port', rules: 'no-rules', log: 'nft-unsupported' },
  ],
  ['finds no IPVS', 'IPVS-01', { ...down, rules: 'stale', log: 'ipvs-unsupported' }],
] as const)('accuses nothing beside where kube-proxy %s', (_, id, trail) => {
  const accused = weighed(trail).causes.filter(({ certainty }) => certainty !== 'possible');
  expect(accused.map((cause) => cause.id)).toEqual([id]);
});

// Named by the faults of the lab.
it.each([
  ['kube-proxy hangs', 'KP-02', { address: 'times-out', runs: 'stopped', rules: 'stale', log: 'writes' }],
  ['it lost its rights', 'KP-02', { address: 'times-out', runs: 'running', rules: 'stale', log: 'no-rights' }],
  ['one jump is missing', 'KP-02', { address: 'times-out', ...fine, rules: 'not-translated' }],
  ['a rule leads to a dead Pod', 'KP-02', { address: 'some-fail', ...fine, rules: 'stale' }],
  ['rules refuse what is listed', 'KP-02', { address: 'refused', ...fine, rules: 'rejects', refuses: 'rejected' }],
  ['rules were flushed', 'KP-05', { address: 'times-out', ...fine, rules: 'no-rules' }],
  ['rules were flushed, nftables', 'KP-05', { address: 'refused', ...fine, rules: 'no-rules' }],
  ['the jump was deleted', 'KP-05', { address: 'times-out', runs: 'running', rules: 'not-reached', jumps: 'missing' }],
  ['kube-proxy is gone', 'KP-01', { address: 'times-out', runs: 'not-running', rules: 'no-rules', log: 'no-pod' }],
  [
    'it crashes on its limits',
    'KP-12',
    { address: 'times-out', runs: 'not-running', rules: 'stale', log: 'no-conntrack-rights' },
  ],
  ['the lock is held', 'KP-04', { address: 'times-out', runs: 'running', rules: 'stale', log: 'lock-held' }],
  ['rules cannot be written', 'KP-03', { address: 'times-out', runs: 'running', rules: 'stale', log: 'write-fails' }],
  ['both backends', 'KP-06', { address: 'times-out', ...fine, rules: 'both-backends', mode: 'both-backends' }],
  ['a leftover table', 'KP-07', { address: 'times-out', ...fine, rules: 'two-modes', mode: 'leftovers' }],
  ['a foreign redirect', 'KP-07', { address: 'refused', ...fine, rules: 'diverted', mode: 'one' }],
  [
    'bridge netfilter is off',
    'KP-09',
    { address: 'times-out', runs: 'running', rules: 'match', back: 'bridge-skips-rules' },
  ],
  ['hairpin is off', 'KP-10', { address: 'times-out', runs: 'running', rules: 'match', back: 'hairpin-off' }],
  ['the mark is gone', 'KP-11', { address: 'times-out', runs: 'running', rules: 'match', back: 'not-masqueraded' }],
  [
    'IPVS tracks nothing',
    'KP-11',
    { address: 'times-out', runs: 'running', rules: 'by-ipvs', ipvs: 'match', back: 'ipvs-untracked' },
  ],
  [
    'IPVS tracks nothing, also of the cluster DNS',
    'KP-11',
    { address: 'times-out', ...fine, rules: 'by-ipvs', ipvs: 'match', back: 'ipvs-untracked', names: 'times-out' },
  ],
  ['weight zero', 'IPVS-06', { address: 'refused', runs: 'running', rules: 'by-ipvs', ipvs: 'weight-zero' }],
  ['no virtual server', 'KP-05', { address: 'refused', ...fine, rules: 'by-ipvs', ipvs: 'no-server' }],
  ['no real server', 'KP-02', { address: 'refused', runs: 'stopped', log: 'writes', rules: 'by-ipvs', ipvs: 'empty' }],
  [
    'a firewall drops',
    'KP-08',
    { address: 'times-out', endpoints: 'all-time-out', runs: 'running', rules: 'match', forward: 'dropped' },
  ],
  [
    'a firewall refuses',
    'KP-08',
    { address: 'unreachable', endpoints: 'all-fail', runs: 'running', rules: 'match', forward: 'rejected' },
  ],
] satisfies [string, string, Trail][])('%s: %s', (_, id, trail) => {
  expect(best(trail)).toEqual([id, id === 'KP-11' && 'ipvs' in trail ? 'probable' : 'certain']);
});

it('names no cause of kube-proxy where another program serves Services', () => {
  const verdict = weighed({
    address: 'times-out',
    runs: 'replaced',
    rules: 'replaced',
    back: 'returns',
    forward: 'open',
  });
  expect(verdict.causes.filter(({ certainty }) => certainty !== 'possible')).toEqual([]);
});

it('accuses nobody where the address answers', () => {
  const verdict = weighed({
    address: 'answers',
    ...fine,
    rules: 'match',
    back: 'returns',
    forward: 'open',
    mode: 'leftovers',
  });
  expect(verdict.causes.filter(({ certainty }) => certainty !== 'possible')).toEqual([]);
});
