import { expect, it } from 'vitest';
import { flowBetween, readEnd } from '../../../src/domain/ends.js';
import step from '../../../src/steps/pod/nodes-keep-reporting.js';
import type { FakeAnswers } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { checkout, pod, service, toCart } from '../shop.js';

const look = looking(step, 'nodes-keep-reporting');
const now = Date.parse('2026-11-20T02:14:04Z');
const ago = (seconds: number) => new Date(now - seconds * 1000).toISOString();

interface Condition {
  readonly type?: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}
const node = (name: string, ready: Condition, ...others: Condition[]) => ({
  metadata: { name },
  status: {
    addresses: [{ type: 'InternalIP', address: name === 'node-a' ? '10.0.0.11' : '10.0.0.12' }],
    conditions: [...others, { lastTransitionTime: ago(90), ...ready, type: 'Ready' }],
  },
});
const well = node('node-a', { status: 'True', reason: 'KubeletReady' });
const unheard = { status: 'Unknown', reason: 'NodeStatusUnknown', message: 'Kubelet stopped posting node status.' };
const notReady = (message: string) => ({ status: 'False', reason: 'KubeletNotReady', message });

const lease = { metadata: { namespace: 'kube-node-lease', name: 'node-b' }, spec: { renewTime: ago(131) } };
const event = {
  metadata: { namespace: 'default', name: 'node-b.1' },
  involvedObject: { kind: 'Node', name: 'node-b' },
  reason: 'NodeNotReady',
  lastTimestamp: ago(60),
};
const shop = {
  services: [service()],
  pods: [checkout(), pod('cart-1', { spec: { nodeName: 'node-b' } })],
  leases: [lease],
  events: [event],
};
const seen = (nodes: ReturnType<typeof node>[], answers: FakeAnswers = {}) =>
  look({ ...shop, nodes } as never, { flow: toCart, answers });

// The messages are those of Kubernetes itself (pkg/kubelet/nodestatus/setters.go, pkg/kubelet/runtime.go).
it.each([
  ['silent', node('node-b', unheard)],
  [
    'network-not-ready',
    node(
      'node-b',
      notReady(
        'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized',
      ),
    ),
  ],
  [
    'runtime-down',
    node(
      'node-b',
      notReady(
        '[container runtime is down, PLEG is not healthy: pleg was last seen active 3m3.9s ago; threshold is 3m0s]',
      ),
    ),
  ],
  [
    'runtime-down',
    node('node-b', notReady('PLEG is not healthy: pleg was last seen active 10m1s ago; threshold is 3m0s')),
  ],
  ['shutting-down', node('node-b', notReady('node is shutting down'))],
  [
    'under-pressure',
    node('node-b', notReady('kubelet is posting ready status'), { type: 'DiskPressure', status: 'True' }),
  ],
  ['not-ready-otherwise', node('node-b', notReady('[CSINode is not yet initialized]'))],
])('%s', async (outcome, lost) => {
  const found = await seen([well, lost]);
  expect(found).toMatchObject({
    outcome,
    result: 'fail',
    facts: { node: 'node-b', seconds: 131, events: ['NodeNotReady'] },
  });
  expect(found.en + found.zh).not.toMatch(/[{}]/);
});

it('gone: the node of a Pod is no longer there', async () => {
  expect(await seen([well])).toMatchObject({ outcome: 'gone', facts: { node: 'node-b' } });
});

it('none-placed', async () => {
  const flow = { ...toCart, from: { kind: 'outside' as const } };
  expect((await look({ services: [service()] }, { flow })).outcome).toBe('none-placed');
});

it('says how long Ready has been gone where nobody may read leases or events', async () => {
  expect(await seen([well, node('node-b', unheard)], { deny: ['leases', 'events'] })).toMatchObject({
    outcome: 'silent',
    facts: { seconds: 90, events: ['-'] },
  });
});

it('takes a node by its address for the node that has it', async () => {
  const flow = flowBetween(readEnd('outside', 'shop'), readEnd('node/10.0.0.12', 'shop'));
  const nodes = [well, node('node-b', unheard)];
  expect(await look({ ...shop, nodes } as never, { flow })).toMatchObject({
    outcome: 'silent',
    facts: { node: 'node-b' },
  });
});

it('ready-under-pressure: Pods may be put out, and those that run are reached', async () => {
  const full = node('node-b', { status: 'True' }, { type: 'MemoryPressure', status: 'True' });
  expect(await seen([well, full])).toMatchObject({ outcome: 'ready-under-pressure', result: 'warn' });
});

it('ready: asks nothing more about nodes that are well, and raises no alarm for an old event or a cordoned node', async () => {
  const cordoned = { ...node('node-b', { status: 'True' }), spec: { unschedulable: true } };
  const found = await seen([well, cordoned]);
  expect(found).toMatchObject({ outcome: 'ready', result: 'pass' });
  expect(found.used).not.toContain('leases');
  expect(found.used).not.toContain('events');
});

it('reads what it declares', async () => {
  const { used } = await seen([well, node('node-b', unheard)]);
  expect(used.toSorted()).toEqual([...step.reads].sort());
});
