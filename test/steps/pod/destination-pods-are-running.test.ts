import { describe, expect, it } from 'vitest';
import step from '../../../src/steps/pod/destination-pods-are-running.js';
import { looking } from '../look.js';
import { ago, crashed, evicted, notReady, pod, service, terminating, toCart, unpullable } from '../shop.js';

const look = looking(step, 'destination-pods-are-running');
const flow = toCart;
const services = [service()];

describe('destination-pods-are-running', () => {
  it.each([
    ['all-running', { services, pods: [pod('cart-1'), pod('cart-2')] }],
    ['some-failing', { services, pods: [pod('cart-1'), pod('cart-2', { status: crashed })] }],
    ['none-running', { services, pods: [pod('cart-1', { status: unpullable }), pod('cart-2', { status: crashed })] }],
    ['none-selected', { services, pods: [pod('payments-1', { metadata: { labels: { app: 'payments' } } })] }],
    ['no-selector', { services: [service({ selector: {} })], pods: [pod('cart-1')] }],
    ['no-service', { services: [], pods: [pod('cart-1')] }],
  ])('%s', async (outcome, objects) => {
    const seen = await look(objects, { flow });
    expect(seen.outcome).toBe(outcome);
    expect(seen.en + seen.zh).not.toMatch(/[{}]/);
  });

  it('reads what it declares', async () => {
    expect((await look({ services, pods: [pod('cart-1')] }, { flow })).used).toEqual(step.reads);
  });

  it('names each failing Pod with its reason', async () => {
    const pods = [pod('cart-1', { status: unpullable }), pod('cart-2', { status: crashed }), pod('cart-3')];
    expect((await look({ services, pods }, { flow })).facts).toEqual({
      pods: ['cart-1', 'cart-2'],
      reasons: { 'cart-1': 'ImagePullBackOff', 'cart-2': 'CrashLoopBackOff OOMKilled 137' },
      reason: 'ImagePullBackOff',
      message: 'Back-off pulling image "cart:2"',
      total: 2,
      of: 3,
    });
  });

  it('tells ten Pods of many and counts the others', async () => {
    const pods = Array.from({ length: 25 }, (_, index) => pod(`cart-${index}`, { status: crashed }));
    const { facts } = await look({ services, pods }, { flow });
    expect(facts?.pods).toHaveLength(10);
    expect(facts?.total).toBe(25);
  });

  it('looks at the one Pod of a flow that names it', async () => {
    const to = { kind: 'pod' as const, namespace: 'shop', name: 'cart-2' };
    const pods = [pod('cart-1', { status: crashed }), pod('cart-2')];
    expect((await look({ pods }, { flow: { ...flow, to } })).outcome).toBe('all-running');
  });

  it.each([
    ['an evicted Pod that was replaced', pod('cart-0', { status: evicted })],
    ['a rollout that takes an old Pod away', pod('cart-0', { metadata: terminating })],
    ['a Pod that is not ready', pod('cart-0', { status: notReady })],
    [
      'a Pod that is being created',
      pod('cart-0', {
        metadata: { creationTimestamp: ago(8) },
        status: {
          phase: 'Pending',
          podIP: undefined,
          podIPs: [],
          containerStatuses: [{ name: 'web', state: { waiting: { reason: 'ContainerCreating' } } }],
        },
      }),
    ],
  ])('raises no alarm over %s', async (_, object) => {
    expect((await look({ services, pods: [object, pod('cart-1')] }, { flow })).result).toBe('pass');
  });
});
