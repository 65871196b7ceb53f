import { expect, it } from 'vitest';
import step from '../../../src/steps/cni/next-hops-are-neighbours.js';
import { looking } from '../look.js';
import {
  answers,
  cluster,
  healthyWay,
  type NodeName,
  nodeObject,
  refusal,
  toCart,
  towards,
  way,
} from './three-nodes.js';

const look = looking(step, 'next-hops-are-neighbours');
const flannel = 'flannel.alpha.coreos.com';
const bare = (name: NodeName) =>
  nodeObject(name, { [`${flannel}/backend-type`]: 'host-gw', [`${flannel}/backend-data`]: 'null' });
const all: readonly NodeName[] = ['node-a', 'node-b', 'node-c'];
type Ways = Record<string, ReturnType<typeof way>>;

interface World {
  readonly objects?: ReturnType<typeof cluster>;
  readonly flow?: typeof toCart;
  readonly changes?: Parameters<typeof answers>[0];
}
/** The same answers on both ends, where they are given at all. */
const seen = (ways: Ways = {}, { objects = cluster(), flow = toCart, changes = {} }: World = {}) =>
  look(objects, {
    flow,
    answers: answers(changes, (query, { address }, node) =>
      query === 'route-to' ? (ways[String(address)] ?? healthyWay(String(address), node)) : undefined,
    ),
  });

const router = (dst: string) => way({ dst, gateway: '10.0.0.1', dev: 'eth0' });
const beyond = { '10.0.0.12': router('10.0.0.12'), '10.0.0.13': router('10.0.0.13') };
const lost = { '10.244.1.2': router('10.244.1.2'), '10.244.2.5': router('10.244.2.5') };
const objects = cluster(all.map(bare));

it('tunnelled: the recorded nodes, with a router between them or without', async () => {
  const found = await seen();
  expect(found).toMatchObject({ outcome: 'tunnelled', facts: { device: 'flannel.1' } });
  expect(found.used.toSorted()).toEqual(['nodes', 'pods']);
  expect((await seen(beyond)).outcome).toBe('tunnelled');
});

it('neighbours: host-gw on one link', async () => {
  const direct = {
    '10.244.1.2': way({ dst: '10.244.1.2', gateway: '10.0.0.12', dev: 'eth0' }),
    '10.244.2.5': way({ dst: '10.244.2.5', gateway: '10.0.0.13', dev: 'eth0' }),
  };
  expect((await seen(direct, { objects })).outcome).toBe('neighbours');
});

it('not-neighbours: host-gw over a router, so that the default route takes the packets', async () => {
  const found = await seen({ ...beyond, ...lost }, { objects });
  expect(found).toMatchObject({
    outcome: 'not-neighbours',
    result: 'fail',
    facts: { node: 'node-b', other: 'node-c', gateway: '10.0.0.1', found: 'via 10.0.0.1 dev eth0' },
  });
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
  const none = { ...beyond, '10.244.2.5': refusal('unreachable') };
  expect((await seen(none, { objects })).outcome).toBe('not-neighbours');
});

it('raises no alarm where a router knows the Pods: BGP, or the network of a cloud', async () => {
  const plain = { [`${flannel}/backend-type`]: '', [`${flannel}/backend-data`]: '' };
  const found = await seen({ ...beyond, ...lost }, { objects: cluster(all.map((name) => nodeObject(name, plain))) });
  expect(found).toMatchObject({ outcome: 'by-router', result: 'warn' });
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
});

it('one-node: nothing leaves it', async () => {
  expect((await seen({}, { flow: towards('near') })).outcome).toBe('one-node');
});

it('partly-seen: the node of the server cannot be asked', async () => {
  const found = await seen({}, { changes: { 'node-c': 'unseen' } });
  expect(found).toMatchObject({ outcome: 'partly-seen', facts: { unseen: 'node-c' } });
});
