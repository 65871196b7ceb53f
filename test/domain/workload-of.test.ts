import { expect, it } from 'vitest';
import { destinationWorkload, workloadName, workloadOf } from '../../src/domain/workload-of.js';

const owned = (kind: string, name: string, labels: Record<string, string> = {}) => ({
  metadata: { name: 'cart-x', labels, ownerReferences: [{ apiVersion: 'v1', uid: 'u', kind, name, controller: true }] },
});

it.each([
  ['Deployment/cart', owned('ReplicaSet', 'cart-5d9c7b', { 'pod-template-hash': '5d9c7b' })],
  ['Rollout/cart', owned('ReplicaSet', 'cart-5d9c7b', { 'rollouts-pod-template-hash': '5d9c7b' })],
  ['ReplicaSet/cart-5d9c7b', owned('ReplicaSet', 'cart-5d9c7b')],
  ['StatefulSet/cart', owned('StatefulSet', 'cart')],
  ['Pod/cart-x', { metadata: { name: 'cart-x' } }],
])('%s', (workload, pod) => {
  expect(workloadOf(pod)).toBe(workload);
});

const controlled = (kind: string, name: string) =>
  ({
    metadata: { name: 'web-1', ownerReferences: [{ kind, name, controller: true, apiVersion: 'v1', uid: '1' }] },
  }) as never;

it.each([
  ['StatefulSet', 'cart', 'statefulset/cart'],
  ['ReplicaSet', 'cart', 'replicaset/cart'],
  ['Node', 'node-a', undefined],
])('gives kubectl the name of a %s', (kind, name, expected) => {
  expect(workloadName(controlled(kind, name))).toBe(expected);
});

it('names no workload for a Pod that nobody made', () => {
  expect(workloadName({ metadata: { name: 'client' } } as never)).toBeUndefined();
});

it.each([
  ['one that made them all', ['deployment/cart', 'deployment/cart'], { 'destination-workload': 'deployment/cart' }],
  ['none of two', ['deployment/cart', 'deployment/till'], {}],
  ['none where one is unknown', ['deployment/cart', undefined], {}],
  ['none without Pods', [], {}],
])('tells %s', (_, made, expected) => {
  expect(destinationWorkload(made.map((workload) => ({ workload })))).toEqual(expected);
});
