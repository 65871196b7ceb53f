import { expect, it } from 'vitest';
import { nodesOfFlow } from '../../src/domain/flow-nodes.js';
import type { Ports } from '../../src/domain/ports.js';
import type { AnyStep } from '../../src/domain/step.js';
import { type FakeAnswers, type FakeObjects, fakeWorld, portsOver } from '../support/fake-world.js';

const placed = (name: string, nodeName: string) => ({
  metadata: { name, namespace: 'shop', labels: { app: name.split('-')[0] ?? '' } },
  spec: { nodeName },
});
const node = (name: string, ready = 'True', os = 'linux') => ({
  metadata: { name, labels: { 'kubernetes.io/os': os } },
  status: { conditions: [{ type: 'Ready', status: ready }] },
});
const shop: FakeObjects = {
  services: [{ metadata: { name: 'cart', namespace: 'shop' }, spec: { selector: { app: 'cart' } } }],
  pods: [placed('client', 'node-a'), placed('cart-1', 'node-b'), placed('cart-2', 'node-a'), placed('cart-3', '')],
  nodes: [node('node-a'), node('node-w', 'True', 'windows'), node('node-x', 'Unknown'), node('node-c')],
};
const toCart = {
  from: { kind: 'pod', namespace: 'shop', name: 'client' },
  to: { kind: 'service', namespace: 'shop', name: 'cart' },
} as const;
const reader = { reads: ['services', 'pods', 'nodes'], runs: [] } as unknown as AnyStep;
const nodesIn = (objects: FakeObjects, answers: FakeAnswers = {}, flow: Parameters<typeof nodesOfFlow>[1] = toCart) =>
  nodesOfFlow((portsOver(reader, fakeWorld(objects, answers)) as Ports<'services' | 'pods' | 'nodes'>).kube, flow);

it('names the node of the source, those of the destination, and one healthy peer', async () => {
  expect(await nodesIn(shop)).toEqual([
    { node: 'node-a', role: 'source' },
    { node: 'node-b', role: 'destination' },
    { node: 'node-c', role: 'peer' },
  ]);
});

it('does without a peer where nodes may not be read', async () => {
  expect(await nodesIn(shop, { deny: ['nodes'] })).toHaveLength(2);
});

it('knows nodes that are the ends themselves without asking for pods', async () => {
  const flow = { from: { kind: 'node', name: '192.0.2.7' }, to: { kind: 'node', name: 'node-b' } } as const;
  expect(await nodesIn({}, { deny: ['nodes', 'pods', 'services'] }, flow)).toEqual([
    { node: '192.0.2.7', role: 'source' },
    { node: 'node-b', role: 'destination' },
  ]);
});

it('reads at most three nodes of the destination', async () => {
  const pods = [placed('client', 'node-a'), ...'54321'.split('').map((n) => placed(`cart-${n}`, `node-${n}`))];
  const names = (await nodesIn({ ...shop, pods })).map(({ node: name }) => name);
  expect(names).toEqual(['node-a', 'node-1', 'node-2', 'node-3', 'node-c']);
});

it('takes no end for its own peer, by whichever address it was given', async () => {
  const status = (address: string) => ({
    conditions: [{ type: 'Ready', status: 'True' }],
    addresses: [{ type: 'InternalIP', address }],
  });
  const nodes = ['node-a', 'node-b', 'node-c'].map((name, index) => ({
    metadata: { name },
    status: status(`10.0.0.${index + 11}`),
  }));
  const flow = { from: { kind: 'node', name: '10.0.0.11' }, to: { kind: 'node', name: 'node-b' } } as const;
  expect((await nodesIn({ nodes }, {}, flow)).at(-1)).toEqual({ node: 'node-c', role: 'peer' });
});
