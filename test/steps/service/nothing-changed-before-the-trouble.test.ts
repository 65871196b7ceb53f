import { expect, it } from 'vitest';
import step from '../../../src/steps/service/nothing-changed-before-the-trouble.js';
import { type FakeObjects, fakeWorld, portsOver } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { ago, checkout, now, pod, service, toCart } from '../shop.js';

const look = looking(step, 'nothing-changed-before-the-trouble');
const labels = { app: 'cart' };
const old = { creationTimestamp: ago(900_000) };
const named = (name: string, metadata: object = {}, namespace = 'shop') => ({
  metadata: { namespace, name, ...old, ...metadata },
});
const written = (seconds: number, manager = 'kubectl-edit') => ({ managedFields: [{ manager, time: ago(seconds) }] });
const ready = (seconds: number) => ({
  metadata: { name: 'node-a', ...old, annotations: { 'flannel.alpha.coreos.com/backend-type': 'vxlan' } },
  status: { conditions: [{ type: 'Ready', status: 'True', reason: 'KubeletReady', lastTransitionTime: ago(seconds) }] },
});
const aged = (name: string) => pod(name, { metadata: { ...old, labels } });

const shop = (more: FakeObjects = {}): FakeObjects => ({
  services: [{ ...service(), metadata: { namespace: 'shop', name: 'cart', ...old } }],
  pods: [checkout(), aged('cart-1')],
  nodes: [ready(800_000)],
  replicasets: [named('cart-54f', { labels })],
  networkpolicies: [named('allow-web')],
  daemonsets: [named('kube-proxy', {}, 'kube-system'), named('kube-flannel-ds', {}, 'kube-flannel')],
  deployments: [named('coredns', { labels: { 'k8s-app': 'kube-dns' } }, 'kube-system')],
  configmaps: [named('coredns', {}, 'kube-system'), named('kube-proxy', {}, 'kube-system')],
  ...more,
});

it('quiet: old objects, a cluster that was left alone', async () => {
  const found = await look(shop(), { flow: toCart });
  expect(found).toMatchObject({ outcome: 'quiet', result: 'pass' });
  expect([...new Set(found.used)].toSorted()).toEqual(step.reads.toSorted());
});

it.each([
  ['NetworkPolicy shop/allow-web changed (kubectl-edit)', { networkpolicies: [named('allow-web', written(600))] }],
  ['ReplicaSet shop/cart-99a created', { replicasets: [named('cart-99a', { labels, creationTimestamp: ago(700) })] }],
  [
    'ConfigMap kube-system/coredns changed (kubectl-edit)',
    { configmaps: [named('coredns', written(300), 'kube-system')] },
  ],
  [
    'DaemonSet kube-flannel/kube-flannel-ds changed (helm)',
    { daemonsets: [named('kube-flannel-ds', written(60, 'helm'), 'kube-flannel')] },
  ],
  ['Node node-a ready (KubeletReady)', { nodes: [ready(120)] }],
  ['Pod shop/cart-2 created', { pods: [checkout(), pod('cart-2', { metadata: { creationTimestamp: ago(200) } })] }],
])('changed: %s', async (what, more) => {
  const found = await look(shop(more as FakeObjects), { flow: toCart });
  expect(found).toMatchObject({ outcome: 'changed', result: 'warn', facts: { total: 1 } });
  expect(found.en).toContain(what);
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
});

it('partly-seen: what may not be read may have changed', async () => {
  const found = await look(shop(), { flow: toCart, answers: { deny: ['networkpolicies'] } });
  expect(found).toMatchObject({ outcome: 'partly-seen', facts: { unseen: ['networkpolicies'] } });
});

it('looks at the hour before the moment that the operator names', async () => {
  const objects = shop({ networkpolicies: [named('allow-web', written(7500)), named('deny-all', written(600))] });
  const fake = fakeWorld(objects, {});
  const ports = { ...portsOver(step, fake), clock: { now: () => now, since: now - 7200_000 } };
  const { facts } = step.interpret(await step.collect(ports, toCart, fake.signal), toCart);
  expect(facts?.timeline).toEqual([
    { at: ago(7500), what: 'NetworkPolicy shop/allow-web', how: 'changed', by: 'kubectl-edit' },
  ]);
});

it('counts no default that is filled in right after an object was made', async () => {
  const made = named('allow-web', { creationTimestamp: ago(602), ...written(600) });
  const found = await look(shop({ networkpolicies: [made] }), { flow: toCart });
  expect(found.facts?.timeline).toEqual([
    { at: ago(602), what: 'NetworkPolicy shop/allow-web', how: 'created', by: 'kubectl-edit' },
  ]);
});
