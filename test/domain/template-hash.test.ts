import { expect, test } from 'vitest';
import { makerOf } from '../../src/domain/template-hash.js';

test.each([
  ['cart-5d8f', { 'pod-template-hash': '5d8f' }, { kind: 'Deployment', name: 'cart' }],
  ['cart-api-5d8f', { 'rollouts-pod-template-hash': '5d8f' }, { kind: 'Rollout', name: 'cart-api' }],
  // Made by hand: its labels are those of somebody else, or none.
  ['cart-5d8f', { 'pod-template-hash': '9c1a' }, undefined],
  ['cart-5d8f', {}, undefined],
  ['cart-', { 'pod-template-hash': '' }, undefined],
  ['cart', undefined, undefined],
])('%s with %j', (replicaSet, labels, maker) => {
  expect(makerOf(replicaSet, labels)).toEqual(maker);
});
