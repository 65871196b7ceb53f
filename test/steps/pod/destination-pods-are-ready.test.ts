import { describe, expect, it } from 'vitest';
import step from '../../../src/steps/pod/destination-pods-are-ready.js';
import { looking } from '../look.js';
import { ago, evicted, notReady, pod, service, terminating, toCart, unpullable } from '../shop.js';

const look = looking(step, 'destination-pods-are-ready');
const flow = toCart;
const services = [service()];
const spec = {
  nodeName: 'node-a',
  containers: [{ name: 'web', readinessProbe: { httpGet: { path: '/ready', port: 8080 } } }],
};
const unready = pod('cart-2', { spec, status: notReady });
const complaint = (message: string, seconds: number) => ({
  metadata: { namespace: 'shop', name: `cart-2.${seconds}` },
  involvedObject: { kind: 'Pod', name: 'cart-2' },
  reason: 'Unhealthy',
  lastTimestamp: ago(seconds),
  message,
});
const events = [
  complaint('Readiness probe failed: connection refused', 90),
  complaint('Readiness probe failed: HTTP probe failed with statuscode: 503', 5),
];

describe('destination-pods-are-ready', () => {
  it.each([
    ['all-ready', { services, pods: [pod('cart-1')] }],
    ['some-not-ready', { services, pods: [pod('cart-1'), unready] }],
    ['none-ready', { services, pods: [unready] }],
    ['published-anyway', { services: [service({ publishNotReadyAddresses: true })], pods: [unready] }],
    ['none-running', { services, pods: [pod('cart-1', { status: unpullable })] }],
    ['none-selected', { services, pods: [] }],
    ['no-selector', { services: [service({ type: 'ExternalName' })], pods: [] }],
    ['no-service', { services: [], pods: [] }],
  ])('%s', async (outcome, objects) => {
    const seen = await look(objects, { flow });
    expect(seen.outcome).toBe(outcome);
    expect(seen.en + seen.zh).not.toMatch(/[{}]/);
  });

  it('tells the probe and its last complaint, and reads what it declares', async () => {
    const seen = await look({ services, pods: [unready], events }, { flow });
    expect(seen.used).toEqual(step.reads);
    expect(seen.facts).toEqual({
      pods: ['cart-2'],
      total: 1,
      of: 1,
      probe: 'httpGet :8080/ready',
      reason: 'ContainersNotReady',
      message: 'Readiness probe failed: HTTP probe failed with statuscode: 503',
    });
  });

  it('falls back on the condition of the Pod where events may not be read', async () => {
    const { facts } = await look({ services, pods: [unready], events }, { flow, answers: { deny: ['events'] } });
    expect(facts).toMatchObject({ message: 'containers with unready status: [web]' });
  });

  it('asks for no events while every Pod is ready', async () => {
    expect((await look({ services, pods: [pod('cart-1')] }, { flow })).used).toEqual(['services', 'pods']);
  });

  it('raises no alarm over Pods that ended or are leaving', async () => {
    const pods = [
      pod('cart-1'),
      pod('cart-2', { status: { ...notReady, ...evicted } }),
      pod('cart-3', { metadata: terminating, status: notReady }),
    ];
    expect((await look({ services, pods }, { flow })).result).toBe('pass');
  });
});
