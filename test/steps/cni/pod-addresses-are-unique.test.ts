import { expect, it } from 'vitest';
import step from '../../../src/steps/cni/pod-addresses-are-unique.js';
import { looking } from '../look.js';
import { cluster, nodeObject, toCart } from './three-nodes.js';

const look = looking(step, 'pod-addresses-are-unique');
type Objects = ReturnType<typeof cluster>;
const seen = (objects: Objects, flow: Parameters<typeof look>[1]['flow'] = toCart) => look(objects, { flow });
const toService = { ...toCart, to: { kind: 'service', namespace: 'shop', name: 'cart' } } as const;

const second = (objects: Objects, more: object = {}, spec: object = {}) => {
  const [, cart] = objects.pods;
  const twin = { ...cart, metadata: { namespace: 'shop', name: 'lodger' }, status: { ...cart?.status, ...more } };
  return { ...objects, pods: [...objects.pods, { ...twin, spec: { ...cart?.spec, ...spec } }] } as Objects;
};

const ranged = (name: 'node-a' | 'node-c', range: string | undefined) => ({
  ...nodeObject(name),
  spec: range ? { podCIDR: range, podCIDRs: [range] } : {},
});

it('unique: every Pod has its own', async () => {
  const found = await seen(cluster(), toService);
  expect(found).toMatchObject({ outcome: 'unique', facts: { addresses: ['10.244.1.2', '10.244.2.5'] } });
  expect(found.used.toSorted()).toEqual(step.reads.toSorted());
});

it('shared: two Pods that both run', async () => {
  const found = await seen(second(cluster()));
  expect(found).toMatchObject({
    outcome: 'shared',
    facts: { 'first-pod': 'cart', others: ['lodger'], address: '10.244.2.5' },
  });
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
});

it('raises no alarm for a Pod that ended and kept its address, nor for Pods with the network of their node', async () => {
  expect((await seen(second(cluster(), { phase: 'Succeeded' }))).outcome).toBe('unique');
  expect((await seen(second(cluster(), {}, { hostNetwork: true }))).outcome).toBe('unique');
});

it('ranges-overlap: a node that was given the range of another', async () => {
  const nodes = [nodeObject('node-a'), nodeObject('node-b'), ranged('node-c', '10.244.0.0/23')];
  expect(await seen(cluster(nodes))).toMatchObject({
    outcome: 'ranges-overlap',
    facts: { node: 'node-b', other: 'node-c', range: '10.244.1.0/24', found: '10.244.0.0/23' },
  });
});

it('node-without-range: nobody gave it one', async () => {
  const nodes = [ranged('node-a', undefined), nodeObject('node-b'), nodeObject('node-c')];
  expect(await seen(cluster(nodes))).toMatchObject({ outcome: 'node-without-range', facts: { node: 'node-a' } });
});

it('node-without-range: flannel could not start on a node, and a Pod waits there', async () => {
  const bare = { ...ranged('node-c', undefined), metadata: { name: 'node-c' } };
  const objects = cluster([nodeObject('node-a'), nodeObject('node-b'), bare]);
  const pods = objects.pods.map((pod) =>
    pod.metadata.name === 'cart' ? { ...pod, status: { ...pod.status, podIP: '', podIPs: [] } } : pod,
  );
  expect(await seen({ ...objects, pods })).toMatchObject({ outcome: 'node-without-range', facts: { node: 'node-c' } });
  // A node of another kind, such as a virtual one, gives its Pods addresses of its own.
  expect((await seen(objects)).outcome).toBe('unique');
});

it('service-in-range: the source takes the Service for a Pod next door', async () => {
  const at = async (clusterIP: string, objects = cluster()) => {
    const services = objects.services.map((one) => ({ ...one, spec: { ...one.spec, clusterIP } }));
    return seen({ ...objects, services }, toService);
  };
  expect(await at('10.244.1.200')).toMatchObject({
    outcome: 'service-in-range',
    facts: { address: '10.244.1.200', node: 'node-b' },
  });
  // The node of the source has sent it elsewhere before it looks for a way.
  expect(await at('10.244.2.200')).toMatchObject({
    outcome: 'service-in-other-range',
    result: 'warn',
    facts: { node: 'node-c' },
  });
  // Pods of Calico know no neighbours.
  const canal = { 'projectcalico.org/IPv4Address': '10.0.0.12/24' };
  const nodes = [nodeObject('node-a'), nodeObject('node-b', canal), nodeObject('node-c')];
  expect((await at('10.244.1.200', cluster(nodes))).outcome).toBe('service-in-other-range');
});

it('outside-range: only where addresses come from the range of the node', async () => {
  const far = ranged('node-c', '10.244.9.0/24');
  expect(await seen(cluster([nodeObject('node-a'), nodeObject('node-b'), far]))).toMatchObject({
    outcome: 'outside-range',
    result: 'warn',
    facts: { 'first-pod': 'cart', range: '10.244.9.0/24' },
  });
  const pools = [nodeObject('node-a'), nodeObject('node-b'), far].map((node) => ({
    ...node,
    metadata: { name: node.metadata?.name ?? '' },
  }));
  expect((await seen(cluster(pools))).outcome).toBe('unique');
});

it('no-address: nothing to compare', async () => {
  const objects = cluster();
  const pods = objects.pods.map((pod) => ({ ...pod, status: { ...pod.status, podIP: '', podIPs: [] } }));
  expect((await seen({ ...objects, pods })).outcome).toBe('no-address');
});

it('finds the twin in another namespace, and does without where nobody may look there', async () => {
  const objects = cluster();
  const [, cart] = objects.pods;
  const twin = { ...cart, metadata: { namespace: 'market', name: 'cart' } };
  const both = { ...objects, pods: [...objects.pods, twin] } as Objects;
  expect(await seen(both)).toMatchObject({ outcome: 'shared', facts: { others: ['market/cart'] } });
});
