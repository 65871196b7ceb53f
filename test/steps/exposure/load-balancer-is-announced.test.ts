import { describe, expect, it } from 'vitest';
import step from '../../../src/steps/exposure/load-balancer-is-announced.js';
import { looking } from '../look.js';
import { endpoint, notReady, pod, service, slice, toCart } from '../shop.js';

const look = looking(step, 'load-balancer-is-announced');
const balanced = (pool = 'front', given: object[] = [{ ip: '192.0.2.7' }]) => ({
  metadata: { namespace: 'shop', name: 'cart', annotations: pool ? { 'metallb.io/ip-allocated-from-pool': pool } : {} },
  spec: service({ type: 'LoadBalancer' }).spec ?? {},
  status: { loadBalancer: { ingress: given } },
});
const speaker = (name: string, status = {}, labels: object = { app: 'metallb', component: 'speaker' }) =>
  pod(name, {
    metadata: { namespace: 'metallb-system', name, labels: { ...labels } },
    spec: { nodeName: 'node-b', restartPolicy: 'Always', containers: [] },
    status,
  });
const ofChart = { 'app.kubernetes.io/name': 'metallb', 'app.kubernetes.io/component': 'speaker' };
const events = [
  {
    metadata: { namespace: 'shop', name: 'cart.1' },
    involvedObject: { kind: 'Service', name: 'cart' },
    reason: 'nodeAssigned',
    message: 'announcing from node "node-b" with protocol "layer2"',
  },
];
const endpointslices = [slice([endpoint('cart-1')])];
const all = { services: [balanced()], pods: [speaker('speaker-1')], events, endpointslices };

describe('load-balancer-is-announced', () => {
  it.each([
    ['announced', all],
    ['announced', { ...all, pods: [speaker('speaker-1', {}, ofChart)] }],
    // One speaker is enough, wherever it runs.
    ['announced', { ...all, pods: [speaker('speaker-1'), speaker('speaker-2', notReady)] }],
    ['no-speaker', { ...all, pods: [] }],
    ['no-speaker-ready', { ...all, pods: [speaker('speaker-1', notReady)] }],
    ['nobody-to-announce', { ...all, endpointslices: [] }],
    ['not-known', { ...all, services: [balanced('')] }],
    ['no-address', { ...all, services: [balanced('front', [])] }],
    ['no-address', {}],
  ])('%s', async (outcome, objects) => {
    const seen = await look(objects, { flow: toCart });
    expect(seen.outcome).toBe(outcome);
    expect(seen.en + seen.zh).not.toMatch(/[{}]/);
  });

  it('reads what it declares, and names the node of the event', async () => {
    const seen = await look(all, { flow: toCart });
    expect(seen.used.toSorted()).toEqual(step.reads.toSorted());
    expect(seen.facts).toMatchObject({ announcer: 'node-b', pool: 'front' });
  });
});
