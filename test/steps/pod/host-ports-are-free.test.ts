import { expect, it } from 'vitest';
import step from '../../../src/steps/pod/host-ports-are-free.js';
import type { FakeObjects } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { ago, checkout, pod, service, toCart } from '../shop.js';

const look = looking(step, 'host-ports-are-free');
const wants = { containers: [{ name: 'web', ports: [{ containerPort: 8080, hostPort: 18_080 }] }] };
// The words of kube-scheduler 1.34, as a Pod of the lab has them.
const said =
  "0/3 nodes are available: 1 node(s) didn't have free ports for the requested pod ports, 2 node(s) didn't match Pod's node affinity/selector.";
const unplaced = {
  ...{ phase: 'Pending', podIP: undefined, podIPs: [], containerStatuses: [] },
  conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: said }],
};
const complaint = (seconds: number) => ({
  metadata: { namespace: 'shop', name: `cart-1.${seconds}` },
  involvedObject: { kind: 'Pod', namespace: 'shop', name: 'cart-1' },
  ...{ reason: 'FailedScheduling', message: said, lastTimestamp: ago(seconds) },
});
const seen = (more: FakeObjects) => look({ services: [service()], ...more }, { flow: toCart });

it.each([
  ['taken', pod('cart-1', { spec: { ...wants, nodeName: undefined }, status: unplaced }), []],
  ['free', pod('cart-1', { spec: wants }), []],
  ['free', pod('cart-1', { spec: wants }), [complaint(3000)]],
  ['taken-once', pod('cart-1', { spec: wants }), [complaint(120)]],
  ['none-wanted', pod('cart-1'), []],
] as const)('%s (%#)', async (outcome, one, events) => {
  const found = await seen({ pods: [checkout(), one], events: [...events] });
  expect(found.outcome).toBe(outcome);
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
});

it('names the port and who says so', async () => {
  const found = await seen({
    pods: [checkout(), pod('cart-1', { spec: { ...wants, nodeName: undefined }, status: unplaced })],
  });
  expect(found.facts).toMatchObject({ pods: ['cart-1'], ports: [18_080], said });
  expect(found.used.toSorted()).toEqual(step.reads.toSorted());
});

it('accuses no Pod of the network of its node that runs', async () => {
  const host = pod('cart-1', { spec: { hostNetwork: true } });
  expect(await seen({ pods: [checkout(), host] })).toMatchObject({ outcome: 'free', facts: { ports: [8080] } });
});
