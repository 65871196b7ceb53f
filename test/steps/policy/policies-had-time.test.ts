import { expect, it } from 'vitest';
import step from '../../../src/steps/policy/policies-had-time.js';
import { agents, denyAll, ends, looking, pod, realm, toCart } from './realm.js';

const look = looking(step, 'policies-had-time');
// The fake clock stands at 02:14:04.
const young = '2026-11-20T02:13:50Z';

it('settled: old Pods and old policies, and from a node', async () => {
  const found = await look(realm([denyAll]));
  expect(found).toMatchObject({ outcome: 'settled', result: 'pass', facts: { limit: 60 } });
  expect(found.used.toSorted()).toEqual(step.reads.toSorted());
  const flow = { ...toCart, from: { kind: 'node', name: 'node-a' } } as const;
  expect((await look(realm([]), { flow })).outcome).toBe('settled');
});

it('fresh-pod: by the moment it got its address, not by when it was made', async () => {
  const conditions = [{ type: 'PodReadyToStartContainers', status: 'True', lastTransitionTime: young }];
  const client = pod('client', '10.244.1.9', { status: { conditions } });
  const found = await look(realm([denyAll], { pods: [client, ...ends.slice(1), ...agents] }));
  expect(found).toMatchObject({ outcome: 'fresh-pod', facts: { 'young-pod': 'shop/client', seconds: 14 } });
});

it('fresh-policy: made or changed a moment ago', async () => {
  const made = { ...denyAll, metadata: { ...denyAll.metadata, creationTimestamp: young } };
  expect(await look(realm([made]))).toMatchObject({
    outcome: 'fresh-policy',
    facts: { 'young-policy': 'shop/deny-all' },
  });
  const changed = { ...denyAll, metadata: { ...denyAll.metadata, managedFields: [{ time: young }] } };
  expect((await look(realm([changed]))).outcome).toBe('fresh-policy');
});

it('counts no Pod that has ended or has no address', async () => {
  const status = { startTime: young };
  const ended = pod('cart', '10.244.2.7', { status: { ...status, phase: 'Succeeded' } });
  const none = pod('client', '', { status: { ...status, podIP: undefined, podIPs: [] } });
  expect((await look(realm([], { pods: [none, ended, ...agents] }))).outcome).toBe('settled');
});
