import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Facts, Finding } from '../../src/domain/finding.js';
import { isStepNode, runbookSchema, type Target } from '../../src/domain/runbook.js';
import { weigh } from '../../src/verdict/weigh.js';
import { forbidden, found } from './found.js';
import { causes, elimination } from './real-causes.js';
import { objects } from './shop.js';

type Seen = Readonly<Record<string, string>>;

const bookOf = (name: string) =>
  runbookSchema.parse(parse(readFileSync(new URL(`../../runbooks/${name}.yaml`, import.meta.url), 'utf8')));

/** Whatever a sentence or a remedy may name. */
const named: Facts = Object.fromEntries(
  ['node', 'other', 'peer', 'session', 'info', 'chosen', 'chain', 'counted', 'reason', 'direction', 'address'].map(
    (name) => [name, name],
  ),
);

const before: Seen = {
  'service-address-answers': 'times-out',
  'each-endpoint-answers': 'all-time-out',
  'near-and-far-endpoints-answer': 'one-kind-only',
  'cni-agent-runs': 'runs',
};

/** The walk through the book of a plugin; what is not said was forbidden to look at. */
const walked = (name: string, seen: Seen) => {
  const book = bookOf(name);
  const findings: Finding[] = [];
  let target: Target = book.start;
  while (typeof target === 'string') {
    const node: (typeof book.nodes)[string] | undefined = book.nodes[target];
    if (!node || !isStepNode(node)) throw new Error(`The walk cannot go on at "${target}".`);
    const outcome: string | undefined = seen[node.step];
    findings.push({
      ...(outcome === undefined ? forbidden(node.step) : found(node.step, outcome, named)),
      node: target,
    });
    target = (outcome === undefined ? undefined : node.on[outcome]) ?? node.otherwise;
  }
  return { findings, target };
};

const best = (name: string, seen: Seen) => {
  const { findings } = walked(name, seen);
  const first = Object.entries({ ...objects, ...before }).map(([check, what]) =>
    found(check, ...([what].flat() as [string])),
  );
  const { result, causes: ranked } = weigh({
    findings: [...first, ...findings],
    causes,
    elimination,
    stagesBuilt: ['pod', 'connectivity', 'service', 'cni'],
    flowWords: { source: 'shop/checkout', destination: 'shop/cart', namespace: 'shop', service: 'cart', port: 80 },
  });
  return [result, ranked[0]?.id, ranked[0]?.certainty];
};

const calico: Seen = {
  'calico-agent-is-ready': 'ready',
  'node-addresses-reach-each-other': 'reach',
  'calico-node-addresses-are-right': 'right',
  'calico-peers-are-established': 'established',
  'calico-ways-fit-the-pool': 'by-ipip',
  'calico-rules-cover-the-pods': 'covered',
  'calico-drops-nothing': 'nothing-dropped',
  'calico-addresses-are-at-home': 'at-home',
  'tunnel-port-is-open': 'both-ways',
  'node-forwards-packets': 'forwards',
  'replies-leave-where-packets-arrive': 'same',
};
const ofCalico = (seen: Seen) => best('packets-lost-in-calico', { ...calico, ...seen });

describe('in the network of Calico', () => {
  it.each<[string, Seen, string, string]>([
    [
      'TCP 179 is closed',
      { 'calico-peers-are-established': 'down', 'calico-ways-fit-the-pool': 'no-route' },
      'CAL-01',
      'certain',
    ],
    ['protocol 4 is blocked', { 'tunnel-port-is-open': 'lost-on-the-way' }, 'CAL-03', 'certain'],
    [
      'an address was lent, and its block refuses it',
      { 'calico-ways-fit-the-pool': 'refused', 'calico-addresses-are-at-home': 'borrowed-from-source' },
      'CAL-05',
      'certain',
    ],
    [
      'Felix ends at once',
      { 'calico-agent-is-ready': 'loose-filter', 'calico-rules-cover-the-pods': 'pod-without-rules' },
      'CAL-06',
      'certain',
    ],
    [
      'Felix has no chain for a Pod',
      { 'calico-rules-cover-the-pods': 'pod-without-rules', 'calico-drops-nothing': 'unknown-device' },
      'CAL-09',
      'certain',
    ],
    ['a policy of Calico denies', { 'calico-drops-nothing': 'by-calico-policy' }, 'CAL-10', 'certain'],
    ['a node takes IP in IP of no stranger', { 'calico-drops-nothing': 'foreign-tunnel' }, 'CAL-11', 'certain'],
  ])('%s', (_, seen, id, certainty) => expect(ofCalico(seen)).toEqual(['fault', id, certainty]));

  it('is sure of neither, where the session is down and the address may be the wrong one', () => {
    const [, id, certainty] = ofCalico({
      'calico-peers-are-established': 'down',
      'calico-ways-fit-the-pool': 'no-route',
      'calico-node-addresses-are-right': 'another',
    });
    expect(['CAL-01', 'CAL-02']).toContain(id);
    expect(certainty).not.toBe('certain');
  });

  it('is not sure of protocol 4 while the rules of Calico could not be read', () => {
    const { 'calico-drops-nothing': _, ...blind }: Seen = { ...calico, 'tunnel-port-is-open': 'lost-on-the-way' };
    expect(best('packets-lost-in-calico', blind)).not.toContain('certain');
  });

  it('blames the cloud for what leaves unwrapped only as a likely cause', () => {
    const [, id, certainty] = ofCalico({ 'calico-ways-fit-the-pool': 'unwrapped', 'tunnel-port-is-open': 'no-tunnel' });
    expect([id, certainty]).toEqual(['CAL-04', 'probable']);
  });

  it('does not take a policy of Kubernetes for one of Calico', () => {
    const [, , certainty] = ofCalico({ 'calico-drops-nothing': 'policy-at-destination' });
    expect(certainty).not.toBe('certain');
    expect(
      walked('packets-lost-in-calico', { ...calico, 'calico-drops-nothing': 'policy-at-destination' }).target,
    ).toEqual({
      cause: 'NP-01',
    });
  });
});

const cilium: Seen = {
  'cilium-agent-is-healthy': 'healthy',
  'cilium-drops-nothing': 'nothing-dropped',
  'cilium-knows-the-pods': 'known',
  'cilium-serves-the-address': 'served',
  'cilium-tables-have-room': 'room',
  'cilium-devices-take-every-source': 'open',
  'node-addresses-reach-each-other': 'reach',
  'tunnel-port-is-open': 'both-ways',
  'node-forwards-packets': 'forwards',
  'replies-leave-where-packets-arrive': 'same',
};
const ofCilium = (seen: Seen) => best('packets-lost-in-cilium', { ...cilium, ...seen });

describe('in the network of Cilium', () => {
  it.each<[string, Seen, string, string]>([
    ['a policy denies', { 'cilium-drops-nothing': 'policy-denied' }, 'CIL-01', 'certain'],
    ['no entry for a new connection', { 'cilium-drops-nothing': 'not-tracked' }, 'CIL-02', 'certain'],
    ['no port to masquerade with', { 'cilium-drops-nothing': 'no-nat-port' }, 'CIL-03', 'certain'],
    ['the filter of the kernel', { 'cilium-devices-take-every-source': 'filtered' }, 'CIL-04', 'certain'],
    [
      'an old entry for the Pod',
      { 'cilium-drops-nothing': 'unroutable', 'cilium-knows-the-pods': 'unknown-address' },
      'CIL-06',
      'certain',
    ],
    [
      'an agent that failed, and a Service it does not know',
      { 'cilium-agent-is-healthy': 'failing', 'cilium-serves-the-address': 'missing' },
      'CIL-08',
      'certain',
    ],
    ['packets that were not encrypted', { 'cilium-drops-nothing': 'encryption' }, 'CIL-09', 'certain'],
  ])('%s', (_, seen, id, certainty) => expect(ofCilium(seen)).toEqual(['fault', id, certainty]));

  it('does not blame the policy that judged a Pod by the identity of another', () => {
    const [, id] = ofCilium({ 'cilium-drops-nothing': 'policy-denied', 'cilium-knows-the-pods': 'another-identity' });
    expect(id).toBe('CIL-06');
  });

  it('is not sure of a policy while identities could not be compared', () => {
    const { 'cilium-knows-the-pods': _, ...blind }: Seen = { ...cilium, 'cilium-drops-nothing': 'policy-denied' };
    const [, id, certainty] = best('packets-lost-in-cilium', blind);
    expect([id, certainty]).toEqual(['CIL-01', 'probable']);
  });
});
