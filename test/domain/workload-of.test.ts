import { expect, it } from 'vitest';
import { workloadOf } from '../../src/domain/workload-of.js';

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
