import { expect, it } from 'vitest';
import step from '../../../src/steps/policy/policies-allow-egress.js';
import {
  agents,
  bare,
  daemonSet,
  denyAll,
  ends,
  looking,
  node,
  type Policy,
  pod,
  policy,
  realm,
  toCart,
} from './realm.js';

const look = looking(step, 'policies-allow-egress');
const out = (...egress: object[]) =>
  policy('out', { podSelector: { matchLabels: { app: 'client' } }, policyTypes: ['Egress'], egress });
const dns = { ports: [{ protocol: 'UDP', port: 53 }] };
const to = (app: string) => [{ podSelector: { matchLabels: { app } } }];

it.each<[string, Policy[]]>([
  ['open', []],
  ['open', [policy('in-only', { podSelector: {} })]],
  ['allowed', [denyAll, out({ to: to('cart') })]],
  ['allowed', [out({ to: [{ ipBlock: { cidr: '10.244.0.0/16', except: ['10.244.1.0/24'] } }] })]],
  ['denied', [denyAll]],
  // A rule for names is meant for nothing else, however its port differs.
  ['denied', [out(dns)]],
  ['denied', [out(dns, { to: [{ ipBlock: { cidr: '192.0.2.0/24' } }] })]],
  ['port-not-allowed', [out({ to: to('cart'), ports: [{ port: 80 }] })]],
  ['labels-not-allowed', [out({ to: to('carts') })]],
  ['needs-both-selectors', [out({ to: [{ namespaceSelector: { matchLabels: { team: 'x' } }, ...to('cart')[0] }] })]],
])('%s %#', async (outcome, policies) => {
  expect((await look(realm(policies))).outcome).toBe(outcome);
});

it('some-denied: an egress rule that knows some of the Pods only', async () => {
  const second = pod('cart-2', '10.244.2.8', { labels: { app: 'cart', tier: 'new' } });
  const old = out({ to: [{ podSelector: { matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] } }] });
  expect((await look(realm([old], { pods: [...ends, second, ...agents] }))).outcome).toBe('some-denied');
});

it('host-network-not-selected: a destination in the network of its node', async () => {
  const far = pod('cart', '10.0.0.12', { spec: { hostNetwork: true } });
  const found = await look(realm([out({ to: to('cart') })], { pods: [ends[0] ?? {}, far, ...agents] }));
  expect(found.outcome).toBe('host-network-not-selected');
});

it('denied-by-nobody, denied-if-enforced: by who is there to enforce', async () => {
  expect((await look(realm([denyAll], bare))).outcome).toBe('denied-by-nobody');
  const maybe = { daemonsets: [daemonSet('kindnet', { name: 'kindnet-cni' })], pods: ends };
  expect((await look(realm([denyAll], maybe))).outcome).toBe('denied-if-enforced');
});

it('cannot-be-known: the address of the destination is not known yet', async () => {
  const far = pod('cart', '', { status: { podIP: undefined, podIPs: [] } });
  const block = out({ to: [{ ipBlock: { cidr: '10.244.0.0/16' } }] });
  const found = await look(realm([block], { pods: [ends[0] ?? {}, far, ...agents] }));
  const doubt = { code: 'address-unknown', facts: { end: 'shop/cart' } };
  expect(found).toMatchObject({ outcome: 'cannot-be-known', facts: { doubts: [doubt] } });
  expect(found.en).toContain('the address of shop/cart is not known');
  expect(found.zh).toContain('shop/cart 的地址未知');
});

it('nothing-to-judge: no such port', async () => {
  expect((await look(realm([denyAll]), { flow: { ...toCart, port: 81 } })).outcome).toBe('nothing-to-judge');
});

it('judges an address outside, and a node as the source', async () => {
  const partner = { ...toCart, to: { kind: 'ip', address: '198.51.100.7' } } as const;
  expect((await look(realm([out(dns)]), { flow: partner })).outcome).toBe('denied');
  const host = { ...toCart, from: { kind: 'node', name: 'node-a' } } as const;
  expect((await look(realm([denyAll]), { flow: host })).outcome).toBe('open');
});

it('takes an address for that of a node where it is one, and leaves it open where nobody may know', async () => {
  const cluster = {
    daemonsets: [daemonSet('cilium', { name: 'cilium-agent' })],
    pods: ends,
    nodes: [node('node-a', '10.0.0.11'), node('node-b', '10.0.0.12')],
    configmaps: [{ metadata: { namespace: 'kube-system', name: 'cilium-config' }, data: {} }],
    // Addresses of nodes are no range to Cilium, unless it is told so.
    'ciliumclusterwidenetworkpolicies.cilium.io': [
      { metadata: { name: 'out' }, spec: { endpointSelector: {}, egress: [{ toCIDR: ['10.0.0.0/8'] }] } },
    ],
  };
  const at = (address: string) => ({ flow: { ...toCart, to: { kind: 'ip', address } } as const });
  expect((await look(realm([], cluster), at('10.0.0.99'))).outcome).toBe('allowed');
  expect((await look(realm([], cluster), at('10.0.0.12'))).outcome).toBe('denied');
  const unread = await look(realm([], cluster), { ...at('10.0.0.12'), answers: { deny: ['nodes'] } });
  expect(unread).toMatchObject({ outcome: 'cannot-be-known', facts: { doubts: [{ code: 'node-unknown' }] } });
});
