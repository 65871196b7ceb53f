import { expect, it } from 'vitest';
import step from '../../../src/steps/policy/kubelet-reaches-policed-pods.js';
import { agents, bare, denyAll, ends, looking, pod, policy, realm } from './realm.js';

const look = looking(step, 'kubelet-reaches-policed-pods');
const unready = pod('cart', '10.244.2.7', { status: { conditions: [{ type: 'Ready', status: 'False' }] } });
const said = (message: string, lastTimestamp = '2026-11-20T02:13:00Z') => ({
  metadata: { namespace: 'shop', name: 'cart.1' },
  involvedObject: { kind: 'Pod', name: 'cart', namespace: 'shop' },
  reason: 'Unhealthy',
  message,
  lastTimestamp,
});
// What the kubelet writes where kube-router rejects, and where another agent drops.
const refused = said(
  'Readiness probe failed: Get "http://10.244.2.7:8080/": dial tcp 10.244.2.7:8080: connect: connection refused',
);
const late = said('Readiness probe failed: Get "http://10.244.2.7:8080/": context deadline exceeded');
const wrong = said('Readiness probe failed: HTTP probe failed with statuscode: 503');
const down = { pods: [...ends.slice(0, 1), unready, ...agents] };

it('ready', async () => {
  expect(await look(realm([denyAll]))).toMatchObject({ outcome: 'ready', result: 'pass' });
});

it.each([refused, late])('cut-off: %#', async (event) => {
  const found = await look(realm([denyAll], { ...down, events: [event] }));
  expect(found).toMatchObject({
    outcome: 'cut-off',
    facts: { 'unready-pod': 'shop/cart', node: 'node-b', policies: ['shop/deny-all'] },
  });
});

it('not-policed: no policy selects the Pod, it lets the node in, or nobody enforces it', async () => {
  const events = [refused];
  expect((await look(realm([], { ...down, events }))).outcome).toBe('not-policed');
  const nodes = policy('nodes', { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/24' } }] }] });
  expect((await look(realm([nodes], { ...down, events }))).outcome).toBe('not-policed');
  const nobody = { daemonsets: bare.daemonsets, pods: [...ends.slice(0, 1), unready], events };
  expect((await look(realm([denyAll], nobody))).outcome).toBe('not-policed');
});

it('probes-say-otherwise: the process itself says that it is not ready, or that was long ago', async () => {
  expect((await look(realm([denyAll], { ...down, events: [wrong] }))).outcome).toBe('probes-say-otherwise');
  const old = { ...refused, lastTimestamp: '2026-11-20T01:00:00Z' };
  expect((await look(realm([denyAll], { ...down, events: [old] }))).outcome).toBe('probes-say-otherwise');
});

it('no-pods', async () => {
  expect((await look(realm([denyAll], { pods: ends.slice(0, 1) }))).outcome).toBe('no-pods');
});
