import { expect, it } from 'vitest';
import step from '../../../src/steps/cni/pod-sandboxes-are-made.js';
import type { FakeObjects } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { ago, checkout, node, pod, service, toCart } from '../shop.js';

const look = looking(step, 'pod-sandboxes-are-made');
const bare = { phase: 'Pending', podIP: undefined, podIPs: [], containerStatuses: [], conditions: [] };
const waiting = (spec = {}) => pod('cart-1', { status: bare, spec });

const event = (message: string, { seconds = 60, reason = 'FailedCreatePodSandBox' } = {}) => ({
  metadata: { namespace: 'shop', name: `cart-1.${seconds}` },
  involvedObject: { kind: 'Pod', namespace: 'shop', name: 'cart-1' },
  ...{ reason, message, lastTimestamp: ago(seconds) },
});
const failed = (what: string) =>
  event(`Failed to create pod sandbox: failed to setup network for sandbox "1c52": ${what}`);

const shop = (more: FakeObjects = {}): FakeObjects => ({
  services: [service()],
  pods: [checkout(), waiting()],
  nodes: [node('node-a')],
  ...more,
});
const seen = (objects: FakeObjects, deny: 'events'[] = []) => look(objects, { flow: toCart, answers: { deny } });

it.each([
  ['plugin-missing', 'failed to find plugin "bridge" in path [/opt/cni/bin]'],
  ['no-lease-file', 'loadFlannelSubnetEnv failed: open /run/flannel/subnet.env: no such file or directory'],
  ['old-bridge-address', '"cni0" already has an IP address different from 10.244.4.1/24'],
  ['addresses-used-up', 'no IP addresses available in range set: 10.244.1.1-10.244.1.254'],
  [
    'subnet-used-up',
    'plugin type="aws-cni" name="aws-cni" failed (add): add cmd: failed to assign an IP address to container',
  ],
  ['agent-unreachable', 'unable to connect to Cilium agent: failed to create cilium agent client'],
  ['network-not-ready', 'cni plugin not initialized'],
  ['failed-otherwise', 'operation not permitted'],
])('%s', async (outcome, what) => {
  const found = await seen(shop({ events: [failed(what)] }));
  expect(found).toMatchObject({ outcome, facts: { 'waiting-pod': 'cart-1', node: 'node-a' } });
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
  expect(found.used.toSorted()).toEqual(step.reads.toSorted());
});

it('made: every Pod has an address, whatever old events say', async () => {
  const objects = shop({ pods: [checkout(), pod('cart-1')], events: [failed('cni plugin not initialized')] });
  expect((await seen(objects)).outcome).toBe('made');
});

it('network-not-ready: the node says so, and the Pod was never bound to it', async () => {
  const message = 'container runtime network not ready: NetworkReady=false message: cni plugin not initialized';
  const conditions = [{ type: 'Ready', status: 'False', reason: 'KubeletNotReady', message }];
  const wants = waiting({ nodeName: undefined, nodeSelector: { 'kubernetes.io/hostname': 'node-c' } });
  const objects = shop({
    pods: [checkout(), wants],
    nodes: [{ metadata: { name: 'node-c' }, status: { conditions } }],
  });
  expect(await seen(objects)).toMatchObject({ outcome: 'network-not-ready', facts: { node: 'node-c', message } });
});

it('not-told: complaints of an hour ago, of other things, or unreadable ones', async () => {
  const old = event('Failed to create pod sandbox: cni plugin not initialized', { seconds: 7200 });
  const image = event('Back-off pulling image "cart:2"', { reason: 'BackOff' });
  expect((await seen(shop({ events: [old, image] }))).outcome).toBe('not-told');
  expect((await seen(shop(), ['events'])).outcome).toBe('not-told');
});

it('raises no alarm for a Pod that ended and keeps its complaint', async () => {
  const ended = pod('cart-1', { status: { ...bare, phase: 'Failed', reason: 'Evicted' } });
  expect(
    (await seen(shop({ pods: [checkout(), ended], events: [failed('cni plugin not initialized')] }))).outcome,
  ).toBe('made');
});

it('prefers the complaint that names its cause', async () => {
  const objects = shop({
    events: [
      failed('cni plugin not initialized'),
      { ...failed('failed to find plugin "x"'), metadata: { namespace: 'shop', name: 'b' }, lastTimestamp: ago(300) },
    ],
  });
  expect((await seen(objects)).outcome).toBe('plugin-missing');
});
