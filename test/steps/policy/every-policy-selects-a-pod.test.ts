import { expect, it } from 'vitest';
import step from '../../../src/steps/policy/every-policy-selects-a-pod.js';
import { denyAll, ends, looking, pod, policy, realm } from './realm.js';

const look = looking(step, 'every-policy-selects-a-pod');

it('no-policies', async () => expect((await look(realm([]))).outcome).toBe('no-policies'));

it('all-select: an empty selector selects all, an expression some', async () => {
  const some = policy('some', {
    podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['cart', 'till'] }] },
  });
  const found = await look(realm([denyAll, some]));
  expect(found).toMatchObject({ outcome: 'all-select', facts: { all: 2 } });
  expect(found.used.toSorted()).toEqual(step.reads.toSorted());
});

it('selects-nothing: names the policy and its selector', async () => {
  const idle = policy('into-carts', { podSelector: { matchLabels: { app: 'carts' } } });
  const found = await look(realm([denyAll, idle]));
  expect(found.outcome).toBe('selects-nothing');
  expect(found.en).toContain('shop/into-carts {"matchLabels":{"app":"carts"}}');
  const ended = pod('carts', '10.244.1.8', { status: { phase: 'Succeeded' } });
  expect((await look(realm([idle], { pods: [...ends, ended] }))).outcome).toBe('selects-nothing');
});

it('calls no policy idle in a namespace without Pods', async () => {
  expect((await look(realm([denyAll], { pods: [] }))).outcome).toBe('all-select');
});

it('too-many-pods: what was not read may be selected', async () => {
  const many = Array.from({ length: 500 }, (_, index) => pod(`p-${index}`, '10.244.3.1'));
  const idle = policy('idle', { podSelector: { matchLabels: { app: 'nobody' } } });
  expect((await look(realm([idle], { pods: many }))).outcome).toBe('too-many-pods');
});
