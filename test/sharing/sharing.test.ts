import { describe, expect, it } from 'vitest';
import type { Facts } from '../../src/domain/finding.js';
import type { Flow } from '../../src/domain/flow.js';
import type { Hop } from '../../src/domain/sharing.js';
import { objectReader } from '../../src/ports/object-reader.js';
import { readShared } from '../../src/sharing/read-shared.js';
import { sharedKinds } from '../../src/sharing/reading.js';
import { sharing } from '../../src/sharing/sharing.js';
import { type FakeAnswers, type FakeObjects, fakeWorld } from '../support/fake-world.js';

const routes = 'httproutes.gateway.networking.k8s.io';
const pod = (name: string, labels: Record<string, string>, more: { node?: string; namespace?: string } = {}) => ({
  metadata: { namespace: more.namespace ?? 'shop', name, labels },
  spec: { nodeName: more.node ?? 'node-a' },
  status: { phase: 'Running' },
});
const service = (name: string, selector: Record<string, string>, namespace = 'shop') => ({
  metadata: { namespace, name },
  spec: { selector },
});
const ingress = (name: string, backend: string, ingressClassName = 'front') => ({
  metadata: { namespace: 'shop', name },
  spec: { ingressClassName, rules: [{ http: { paths: [{ backend: { service: { name: backend } } }] } }] },
});
const route = (name: string, backend: string, namespace = 'web') => ({
  metadata: { namespace, name },
  spec: { rules: [{ backendRefs: [{ name: backend, namespace: 'shop' }] }] },
});

const shop: FakeObjects = {
  pods: [
    pod('web', { app: 'web' }, { node: 'node-a' }),
    pod('cart-1', { app: 'cart' }, { node: 'node-b' }),
    pod('cart-2', { app: 'cart' }, { node: 'node-b' }),
    pod('till', { app: 'till' }, { node: 'node-a' }),
    pod('agent', { app: 'agent' }, { node: 'node-a', namespace: 'kube-system' }),
  ],
  services: [
    service('cart', { app: 'cart' }),
    service('cart-canary', { app: 'cart' }),
    service('till', { app: 'till' }),
    service('cart', { app: 'cart' }, 'stage'),
  ],
  // An Ingress that is called like the Service it leads to is another thing.
  ingresses: [ingress('cart', 'cart'), ingress('front', 'till'), ingress('other', 'till', 'inside')],
  networkpolicies: [
    {
      metadata: { namespace: 'shop', name: 'shut' },
      spec: { podSelector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['web'] }] } },
    },
  ],
  [routes]: [route('shop-front', 'cart'), route('tills', 'till')],
};

const flow: Pick<Flow, 'from' | 'to'> = {
  from: { kind: 'pod', namespace: 'shop', name: 'web' },
  to: { kind: 'service', namespace: 'shop', name: 'cart' },
};

interface About {
  readonly objects?: FakeObjects;
  readonly answers?: FakeAnswers;
  readonly words?: Facts;
  readonly over?: typeof flow;
}

const sharedAt = async (hop: Hop, { objects = shop, answers = {}, words = {}, over = flow }: About = {}) => {
  const fake = fakeWorld(objects, answers);
  const kube = objectReader((call) => fake.ask(call, fake.signal));
  const found = await readShared(kube, hop, { flow: over, words });
  const known = found && sharing({ hop, found, flow: over });
  const named = Object.fromEntries((known?.groups ?? []).map(({ kind, names }) => [kind, names]));
  return { fake, known, named };
};

describe('who shares a hop', () => {
  it('at a Service: those that say the same, and the doors that lead to it', async () => {
    const { known, named } = await sharedAt('service');
    expect(known).toMatchObject({ hop: 'service', at: ['shop/cart'], unseen: [] });
    expect(named).toEqual({ services: ['shop/cart-canary'], ingresses: ['shop/cart'], routes: ['web/shop-front'] });
  });

  it('behind a Service: every Service that selects the same Pods', async () => {
    const objects = { ...shop, services: [...(shop.services ?? []), service('all', { app: 'cart' })] };
    expect((await sharedAt('destination', { objects })).named.services).toEqual(['shop/all', 'shop/cart-canary']);
  });

  it('at a policy: the Pods it selects, and the Services before them', async () => {
    const words = { 'near-policy': '', policies: ['shop/shut ingress[0]'] };
    const { known, named } = await sharedAt('policy', { words });
    expect(known?.at).toEqual(['shop/shut']);
    expect(named).toEqual({
      pods: ['shop/cart-1', 'shop/cart-2', 'shop/till'],
      services: ['shop/cart-canary', 'shop/till'],
    });
  });

  it('on a node: the Pods on it, and no Pod of the flow', async () => {
    const { named, known } = await sharedAt('node', { words: { node: 'node-a' } });
    expect(named).toEqual({ pods: ['kube-system/agent', 'shop/till'], services: ['shop/till'] });
    // Whose Services stand before the agent, nobody looked.
    expect(known?.unseen).toEqual([{ kind: 'services', where: '+', code: 'not-asked' }]);
  });

  it('between two nodes: the Pods on both', async () => {
    const { known, named } = await sharedAt('node-pair');
    expect(known?.at).toEqual(['node-a', 'node-b']);
    expect(named.pods).toEqual(['kube-system/agent', 'shop/cart-1', 'shop/cart-2', 'shop/till']);
  });

  it('at the controller of an Ingress: the Ingresses of its class', async () => {
    const over = { ...flow, to: { kind: 'ingress', namespace: 'shop', name: 'front' } } as const;
    expect((await sharedAt('ingress-controller', { over })).named).toEqual({ ingresses: ['shop/cart'] });
    expect((await sharedAt('ingress', { over })).named).toEqual({ services: ['shop/till'] });
  });

  it('at the cluster DNS: the whole cluster, without a look', async () => {
    const { fake, known } = await sharedAt('cluster-dns');
    expect(known).toEqual({ hop: 'cluster-dns', at: [], groups: [], unseen: [] });
    expect(fake.calls).toEqual([]);
  });
});

describe('what could not be looked for', () => {
  it('is said, and never counted as none', async () => {
    const { known, named } = await sharedAt('service', { answers: { deny: ['ingresses', 'services'] } });
    expect(named).toEqual({ routes: ['web/shop-front'] });
    expect(known?.unseen).toEqual([
      { kind: 'services', where: 'shop', code: 'forbidden' },
      { kind: 'ingresses', where: 'shop', code: 'forbidden' },
    ]);
  });

  it('leaves open what depends on it', async () => {
    const { named, known } = await sharedAt('node', { words: { node: 'node-a' }, answers: { deny: ['pods'] } });
    expect(named).toEqual({});
    expect(known?.unseen).toContainEqual({ kind: 'pods', where: '*', code: 'forbidden' });
  });

  it('is nothing where the API server knows no such kind', async () => {
    const { known } = await sharedAt('service', { answers: { notServed: [routes] } });
    expect(known?.unseen).toEqual([]);
    expect(known?.groups).toContainEqual({ kind: 'routes', names: [], count: 0, more: false });
  });

  it('is what lies beyond the limit of a list', async () => {
    const pods = Array.from({ length: 30 }, (_, at) => pod(`till-${at + 10}`, { app: 'till' }));
    const of = (count: number) =>
      sharedAt('node', { objects: { ...shop, pods: pods.slice(0, count) }, words: { node: 'node-a' } });
    const [cut, whole] = [await of(30), await of(7)];
    expect(cut.fake.calls).toContainEqual(expect.objectContaining({ kind: 'pods', limit: 20 }));
    expect(cut.known?.groups[0]).toMatchObject({ kind: 'pods', more: true });
    expect(whole.known?.groups[0]).toMatchObject({
      names: pods.slice(0, 5).map(({ metadata }) => `shop/${metadata.name}`),
      count: 7,
      more: false,
    });
  });

  it('is the node of a source that may not be read: then nobody knows the hop', async () => {
    expect((await sharedAt('node-of-source', { answers: { deny: ['pods'] } })).known).toBeUndefined();
  });

  it('is who is meant, where the findings do not name the node, or name it by its address', async () => {
    expect((await sharedAt('node')).known).toBeUndefined();
    expect((await sharedAt('node', { words: { node: '192.0.2.7' } })).known).toBeUndefined();
    expect((await sharedAt('none')).known).toBeUndefined();
  });
});

it('reads no kind that it does not declare', async () => {
  const hops = ['service', 'destination', 'source', 'policy', 'node', 'node-pair', 'node-egress'] as const;
  const words = { node: 'node-a', policies: ['shop/shut'] };
  const all = await Promise.all(hops.map((hop) => sharedAt(hop, { words })));
  expect(new Set(all.flatMap(({ fake }) => fake.used))).toEqual(new Set(sharedKinds));
});
