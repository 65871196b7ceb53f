import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import step from '../../../src/steps/policy/policies-allow-ingress.js';
import { agents, bare, daemonSet, denyAll, ends, looking, type Policy, pod, policy, realm, toCart } from './realm.js';

const look = looking(step, 'policies-allow-ingress');
const toCarts = { podSelector: { matchLabels: { app: 'cart' } } };
const into = (...ingress: object[]) => policy('into-cart', { ...toCarts, ingress });
const from = (app: string) => [{ podSelector: { matchLabels: { app } } }];

it.each<[string, Policy[]]>([
  ['open', []],
  ['open', [policy('of-others', { podSelector: { matchLabels: { app: 'till' } }, policyTypes: ['Ingress'] })]],
  ['open', [policy('out-only', { podSelector: {}, policyTypes: ['Egress'] })]],
  ['allowed', [denyAll, into({ from: from('client'), ports: [{ port: 8080 }] })]],
  ['denied', [denyAll]],
  ['denied', [into({ from: [{ ipBlock: { cidr: '192.0.2.0/24' } }] })]],
  ['port-not-allowed', [into({ ports: [{ port: 80 }] })]],
  ['port-not-allowed', [into({ from: from('client'), ports: [{ port: 9090 }] })]],
  ['port-not-allowed', [into({ ports: [{ port: 8070, endPort: 8079 }] })]],
  ['port-not-allowed', [into({ ports: [{ port: 'web' }] })]],
  ['port-not-allowed', [into({ ports: [{ port: 8080, protocol: 'UDP' }] })]],
  ['labels-not-allowed', [into({ from: from('kiosk'), ports: [{ port: 8080 }] })]],
  ['labels-not-allowed', [into({ from: [{ namespaceSelector: { matchLabels: { team: 'shop' } } }] })]],
  [
    'needs-both-selectors',
    [into({ from: [{ namespaceSelector: { matchLabels: { team: 'till' } }, ...from('client')[0] }] })],
  ],
])('%s %#', async (outcome, policies) => {
  const found = await look(realm(policies));
  expect(found.outcome).toBe(outcome);
  expect(found.result).toBe(['open', 'allowed'].includes(outcome) ? 'pass' : 'fail');
});

it('names the rule that was nearly it, what it asks for, and what is there', async () => {
  const label = await look(realm([into({ from: from('kiosk') })]));
  expect(label.facts).toMatchObject({
    policies: ['shop/into-cart'],
    'near-policy': 'shop/into-cart ingress[0]',
    wants: ['app=kiosk'],
    has: ['app=client'],
  });
  const port = await look(realm([into({ ports: [{ port: 80 }] })]));
  expect(port.facts).toMatchObject({ wants: ['TCP 80'], has: ['TCP 8080'], 'port-number': 8080 });
  const both = await look(
    realm([into({ from: [{ namespaceSelector: { matchLabels: { team: 'a' } }, ...from('client')[0] }] })]),
  );
  expect(both.facts).toMatchObject({ wants: ['namespace: team=a'], has: ['namespace: team='] });
  expect(label.zh).toContain('shop/into-cart ingress[0]');
});

it('proposes a manifest that would allow the flow, and names it in the sentence', async () => {
  const { facts, en } = await look(realm([denyAll]));
  const change = JSON.parse(String(facts?.change));
  // Both sides are closed, and each needs a policy of its own.
  expect(change.items.map(({ spec }: { spec: { policyTypes: string[] } }) => spec.policyTypes)).toEqual([
    ['Egress'],
    ['Ingress'],
  ]);
  expect(en).toContain('"kind":"List"');
});

it('some-denied: tells how many of the endpoints a policy closes', async () => {
  const second = pod('cart-2', '10.244.2.8', { labels: { app: 'cart', tier: 'new' } });
  const closed = policy('new-ones', { podSelector: { matchLabels: { tier: 'new' } }, policyTypes: ['Ingress'] });
  const found = await look(realm([closed], { pods: [...ends, second, ...agents] }));
  expect(found).toMatchObject({
    outcome: 'some-denied',
    facts: { 'denied-count': 1, 'all-count': 2, to: 'shop/cart-2' },
  });
});

it('host-network-not-selected: a Pod in the network of its node is found by no label', async () => {
  const client = pod('client', '10.0.0.11', { spec: { hostNetwork: true } });
  const found = await look(realm([into({ from: from('client') })], { pods: [client, ...ends.slice(1), ...agents] }));
  expect(found.outcome).toBe('host-network-not-selected');
});

it('denied-by-nobody: accuses no policy that nothing enforces', async () => {
  expect(await look(realm([denyAll], bare))).toMatchObject({ outcome: 'denied-by-nobody', result: 'pass' });
});

it('denied-if-enforced: claims little where the engine is not known', async () => {
  const unknown = { daemonsets: [daemonSet('guard', { name: 'policy-guard' })], pods: ends };
  expect(await look(realm([denyAll], unknown))).toMatchObject({ outcome: 'denied-if-enforced', result: 'warn' });
  const hidden = await look(realm([denyAll]), { answers: { deny: ['daemonsets'] } });
  expect(hidden.outcome).toBe('denied-if-enforced');
});

it('cannot-be-known: a policy in a language that is not understood may decide', async () => {
  const speaking = (spec: object) => ({
    daemonsets: [daemonSet('cilium', { name: 'cilium-agent' })],
    pods: ends,
    'ciliumclusterwidenetworkpolicies.cilium.io': [{ metadata: { name: 'all' }, spec }],
    configmaps: [mode('default')],
  });
  const outcomeOf = async (spec: object) => (await look(realm([], speaking(spec)))).outcome;
  expect(await outcomeOf({ endpointSelector: {} })).toBe('open');
  expect(await outcomeOf({ endpointSelector: {}, ingress: [{}] })).toBe('denied');
  expect(await outcomeOf({ endpointSelector: {}, ingress: [{}], inventedSince: true })).toBe('cannot-be-known');
  const unread = step.evidence.parse({
    nobody: false,
    engine: 'antrea',
    side: {
      ...{
        answer: 'unknown',
        by: [],
        doubts: [{ code: 'kind-not-understood', facts: {} }],
        of: 1,
        denied: 0,
        from: 'shop/client',
      },
      ...{ to: 'shop/cart', protocol: 'TCP', port: 8080, change: '' },
    },
  });
  expect(step.interpret(unread, toCart as never).outcome).toBe('cannot-be-known');
});

const inAgents = (name: string) => ({ metadata: { namespace: 'kube-system', name } });
const mode = (word: string) => ({ ...inAgents('cilium-config'), data: { 'enable-policy': word } });
const cilium = { daemonsets: [daemonSet('cilium', { name: 'cilium-agent' })], pods: ends };

it.each<[outcome: string, policies: Policy[], told: object]>([
  ['denied', [denyAll], { configmaps: [mode('default')] }],
  ['open', [], { configmaps: [mode('default')] }],
  ['open', [denyAll], { configmaps: [mode('never')] }],
  ['denied', [], { configmaps: [mode('always')] }],
  // Nobody may read it, or it is kept elsewhere.
  ['cannot-be-known', [denyAll], {}],
  ['cannot-be-known', [], {}],
])('%s where Cilium is told whom to enforce policies on %#', async (outcome, policies, told) => {
  expect((await look(realm(policies, { ...cilium, ...told }))).outcome).toBe(outcome);
});

it('cannot-be-known: the agents of some nodes are told otherwise', async () => {
  const onSome = (key: string, value: string) => ({
    configmaps: [mode('default')],
    'ciliumnodeconfigs.cilium.io': [{ ...inAgents('gpu'), spec: { nodeSelector: {}, defaults: { [key]: value } } }],
  });
  const outcomeOf = async (told: object) => (await look(realm([denyAll], { ...cilium, ...told }))).outcome;
  expect(await outcomeOf(onSome('enable-policy', 'never'))).toBe('cannot-be-known');
  expect(await outcomeOf(onSome('enable-policy', 'default'))).toBe('denied');
  expect(await outcomeOf(onSome('mtu', '1400'))).toBe('denied');
});

it('nothing-to-judge: a Service without Pods leads nowhere', async () => {
  expect((await look(realm([denyAll], { pods: [ends[0] ?? {}, ...agents] }))).outcome).toBe('nothing-to-judge');
  expect((await look(realm([denyAll], { services: [] }))).outcome).toBe('nothing-to-judge');
});

it('reads what it declares, each kind of the plugins only where it means something', async () => {
  const { used } = await look(realm([denyAll]));
  const ofEvery = used.filter((kind) => !kind.endsWith('.policy.networking.k8s.io'));
  expect(ofEvery.toSorted()).toEqual(
    ['daemonsets', 'endpointslices', 'namespaces', 'networkpolicies', 'nodes', 'pods', 'services'].toSorted(),
  );
  const calico = { daemonsets: [daemonSet('calico-node', { name: 'calico-node' })], pods: ends };
  expect((await look(realm([], calico))).used).toContain('globalnetworkpolicies.crd.projectcalico.org');
  const cilium = { daemonsets: [daemonSet('cilium', { name: 'cilium-agent' })], pods: ends };
  expect((await look(realm([], cilium))).used).toContain('ciliumnetworkpolicies.cilium.io');
});

it('judges an address that is a Pod as that Pod', async () => {
  const flow = { ...toCart, to: { kind: 'ip', address: '10.244.2.7' }, port: 8080 } as const;
  const found = await look(realm([into({ from: from('kiosk') })]), { flow });
  expect(found).toMatchObject({ outcome: 'labels-not-allowed', facts: { to: 'shop/cart' } });
});

it('says nothing of a namespace whose labels cannot be read, where a rule asks for them', async () => {
  const answers = { deny: ['namespaces'] } as const;
  const asks = into({ from: [{ namespaceSelector: { matchLabels: { team: 'shop' } } }] });
  await expect(look(realm([asks]), { answers })).rejects.toThrow(CannotLook);
  expect((await look(realm([denyAll]), { answers })).outcome).toBe('denied');
});

it('asks for the labels of no namespace where there is no policy', async () => {
  const { used, outcome } = await look(realm([]));
  expect(outcome).toBe('open');
  expect(used).not.toContain('namespaces');
});

it('judges where kinds of administrators are not installed, and not where they may not be read', async () => {
  const kinds = ['adminnetworkpolicies', 'baselineadminnetworkpolicies', 'clusternetworkpolicies'] as const;
  const admins = kinds.map((kind) => `${kind}.policy.networking.k8s.io` as const);
  const absent = await look(realm([denyAll]), { answers: { deny: ['daemonsets'], notServed: admins } });
  expect(absent.outcome).toBe('denied-if-enforced');
  const hidden = look(realm([denyAll]), { answers: { deny: ['daemonsets', ...admins] } });
  await expect(hidden).rejects.toThrow(CannotLook);
});

it('hands on the rule that decides, or whom the policy selects where none does', async () => {
  const closed = await look(realm([denyAll]));
  expect(closed.facts?.['deciding-rule']).toEqual({
    policy: 'NetworkPolicy shop/deny-all',
    manifest: {
      ...{
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { namespace: 'shop', name: 'deny-all' },
      },
      spec: denyAll.spec,
    },
    path: ['spec', 'podSelector'],
  });
  const open = await look(realm([into({}), into({ from: from('client') })]));
  expect(open).toMatchObject({ outcome: 'allowed', facts: { 'deciding-rule': { path: ['spec', 'ingress', 0] } } });
  expect((await look(realm([]))).facts).not.toHaveProperty('deciding-rule');
});
