import { expect, it } from 'vitest';
import { globalPolicyKinds } from '../../../src/domain/calico-objects.js';
import step from '../../../src/steps/policy/no-policy-selects-the-ends.js';
import type { FakeAnswers, FakeObjects } from '../../support/fake-world.js';
import { daemonSet, denyAll, ends, looking, node, policy, realm } from './realm.js';

const look = looking(step, 'no-policy-selects-the-ends');

it('none-there: no policy at all', async () => {
  expect(await look(realm([]))).toMatchObject({ outcome: 'none-there', result: 'pass' });
});

it('none-selects: policies for others, or for the other direction', async () => {
  const others = policy('till', { podSelector: { matchLabels: { app: 'till' } } });
  const wrongWay = policy('into-client', { podSelector: { matchLabels: { app: 'client' } }, policyTypes: ['Ingress'] });
  expect(await look(realm([others, wrongWay]))).toMatchObject({ outcome: 'none-selects', facts: { all: 2 } });
});

it('selected: names them for each end', async () => {
  const out = policy('out', { podSelector: { matchLabels: { app: 'client' } }, policyTypes: ['Egress'] });
  const found = await look(realm([denyAll, out]));
  expect(found).toMatchObject({
    outcome: 'selected',
    facts: { outgoing: ['shop/deny-all', 'shop/out'], incoming: ['shop/deny-all'] },
  });
});

it('other-language: a policy that nobody here reads', async () => {
  const evidence = step.evidence.parse({ selection: { all: 1, outgoing: [], incoming: [], foreign: ['guard'] } });
  expect(step.interpret(evidence, {} as never).outcome).toBe('other-language');
  const antrea = { daemonsets: [daemonSet('antrea', { name: 'antrea-agent' })], pods: ends };
  expect((await look(realm([], antrea))).outcome).toBe('none-there');
});

const plugins = [
  ...globalPolicyKinds,
  'ciliumclusterwidenetworkpolicies.cilium.io',
  'ciliumcidrgroups.cilium.io',
] as const;

it('asks who enforces only where something hangs on it', async () => {
  const asks = async (objects: FakeObjects, answers: FakeAnswers = { notServed: plugins }) =>
    (await look(objects, { answers })).used.includes('daemonsets');
  expect(await asks(realm([]))).toBe(false);
  expect(await asks(realm([denyAll]))).toBe(true);
  // An engine that may read more, or deny what nothing speaks of, by its marks or by what the API server knows.
  const antrea = { 'node.antrea.io/mac-address': '0a:00:00:00:00:01' };
  expect(await asks(realm([], { nodes: [node('node-a', '10.0.0.11', 'v1.34.2', antrea)] }))).toBe(true);
  expect(await asks(realm([]), { notServed: plugins.slice(2) })).toBe(true);
  expect(await asks(realm([]), { notServed: plugins.slice(0, 2) })).toBe(true);
  // What nobody may look at may be there.
  expect(await asks(realm([]), { deny: [...plugins] })).toBe(true);
});

it('reads policies without those of administrators for an engine that knows none of them, and may not list them', async () => {
  const deny = ['adminnetworkpolicies.policy.networking.k8s.io'] as const;
  expect((await look(realm([denyAll]), { answers: { deny } })).outcome).toBe('selected');
});

it('nothing-to-judge: a Service without Pods', async () => {
  expect((await look(realm([denyAll], { services: [] }))).outcome).toBe('nothing-to-judge');
});
