import { describe, expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import step from '../../../src/steps/pod/usage-is-below-limits.js';
import { fakeWorld, portsOver } from '../../support/fake-world.js';
import { cart, client, toCart } from '../connectivity/shop.js';
import { judgedBy } from '../mtu-conntrack/tables.js';

const judged = judgedBy(step, 'usage-is-below-limits');

const limits = (cpu: string, memory = '170Mi') => [{ name: 'main', resources: { limits: { cpu, memory } } }];
const pod = (namespace: string, name: string, labels: Record<string, string>) => ({
  metadata: { namespace, name, labels },
  spec: { nodeName: 'node-b', containers: limits('100m') },
});
const usage = (namespace: string, name: string, cpu: string, memory = '17Mi') => ({
  metadata: { namespace, name },
  containers: [{ name: 'main', usage: { cpu, memory } }],
});

const pods = [
  { ...client, spec: { nodeName: 'node-a', containers: limits('1') } },
  pod('shop', 'cart-7', { app: 'cart' }),
  pod('kube-system', 'coredns-1', { 'k8s-app': 'kube-dns' }),
];
const calm = [
  usage('shop', 'client', '100m'),
  usage('shop', 'cart-7', '10m'),
  usage('kube-system', 'coredns-1', '3206874n'),
];
const node = (name: string) => ({ metadata: { name }, status: { capacity: { cpu: '2' } } });
const nodeUsage = (name: string, cpu: string) => ({ metadata: { name }, usage: { cpu, memory: '1Gi' } });
const nodes = [nodeUsage('node-a', '300m'), nodeUsage('node-b', '0.5')];

type Measured = { readonly pods?: typeof calm; readonly nodes?: typeof nodes };
type Answers = Parameters<typeof fakeWorld>[1];
const worldOf = ({ pods: ofPods = calm, nodes: ofNodes = nodes }: Measured = {}, answers: Answers = {}) =>
  fakeWorld(
    {
      ...{ services: [cart], pods, nodes: [node('node-a'), node('node-b')] },
      ...{ 'pods.metrics.k8s.io': ofPods, 'nodes.metrics.k8s.io': ofNodes },
    },
    answers,
  );
const look = async (fake: ReturnType<typeof worldOf>) =>
  judged(await step.collect(portsOver(step, fake), toCart, fake.signal));

const but = (changed: ReturnType<typeof usage>) => ({
  pods: calm.map((one) => (one.metadata.name === changed.metadata.name ? changed : one)),
});

it.each<[string, Measured]>([
  ['below', {}],
  ['servers-at-limit', but(usage('shop', 'cart-7', '98765432n'))],
  ['servers-at-limit', but(usage('shop', 'cart-7', '1m', '165Mi'))],
  ['dns-at-limit', but(usage('kube-system', 'coredns-1', '100m'))],
  ['client-at-limit', but(usage('shop', 'client', '990m'))],
  ['node-at-capacity', { nodes: [nodeUsage('node-a', '1987m'), nodeUsage('node-b', '0.5')] }],
  ['partly-measured', { pods: calm.slice(0, 2) }],
  ['partly-measured', { nodes: nodes.slice(0, 1) }],
])('%s', async (outcome, measured) => expect((await look(worldOf(measured))).outcome).toBe(outcome));

it('names what is full and what is used of which limit', async () => {
  const { facts } = await look(worldOf(but(usage('shop', 'cart-7', '95m'))));
  expect(facts.full).toEqual(['shop/cart-7 cpu 95 %', 'shop/cart-7 memory 10 %']);
  expect(facts.used).toContain('kube-system/coredns-1 cpu 3 %');
  expect(facts.used).toContain('node-a cpu 15 %');
});

describe('what cannot be read', () => {
  const kinds = ['pods.metrics.k8s.io', 'nodes.metrics.k8s.io'] as const;

  it('is not installed where the API server does not serve it', async () => {
    expect((await look(worldOf({}, { notServed: kinds }))).outcome).toBe('not-installed');
  });

  it('is all that the step declares', async () => {
    const fake = worldOf();
    await look(fake);
    expect(fake.used.toSorted()).toEqual([...step.reads].toSorted());
  });

  it('is no room where it is forbidden', async () => {
    const { outcome, facts } = await look(worldOf({}, { deny: ['nodes.metrics.k8s.io'] }));
    expect(outcome).toBe('partly-measured');
    expect(facts.unmeasured).toEqual(['node-a', 'node-b']);
  });

  it('is an error where the flow has neither limits nor a Node', async () => {
    const fake = fakeWorld({ services: [cart], pods: [{ ...client, spec: {} }] });
    await expect(step.collect(portsOver(step, fake), toCart, fake.signal)).rejects.toThrow(CannotLook);
  });
});
