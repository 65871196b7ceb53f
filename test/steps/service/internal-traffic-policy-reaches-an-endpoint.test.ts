import { describe, expect, it } from 'vitest';
import step from '../../../src/steps/service/internal-traffic-policy-reaches-an-endpoint.js';
import { looking } from '../look.js';
import { checkout, endpoint, pod, service, slice, toCart } from '../shop.js';

const look = looking(step, 'internal-traffic-policy-reaches-an-endpoint');
const flow = toCart;
const local = [service({ internalTrafficPolicy: 'Local' })];
const pods = [checkout()];
const elsewhere = endpoint('cart-1', { nodeName: 'node-b' });
const leaving = { conditions: { ready: false, serving: true, terminating: true } };
const unready = { conditions: { ready: false, serving: false, terminating: false } };

describe('internal-traffic-policy-reaches-an-endpoint', () => {
  it.each([
    [
      'cluster',
      { services: [service({ internalTrafficPolicy: 'Cluster' })], pods, endpointslices: [slice([elsewhere])] },
    ],
    ['local-endpoint-here', { services: local, pods, endpointslices: [slice([endpoint('cart-1')])] }],
    ['no-local-endpoint', { services: local, pods, endpointslices: [slice([elsewhere])] }],
    ['no-local-endpoint', { services: local, pods, endpointslices: [slice([elsewhere, endpoint('cart-2', unready)])] }],
    ['no-endpoint-anywhere', { services: local, pods, endpointslices: [slice([])] }],
    ['no-node', { services: local, pods: [pod('payments-1')], endpointslices: [slice([elsewhere])] }],
    ['no-service', { services: [], pods, endpointslices: [] }],
  ])('%s', async (outcome, objects) => {
    const seen = await look(objects, { flow });
    expect(seen.outcome).toBe(outcome);
    expect(seen.en + seen.zh).not.toMatch(/[{}]/);
    expect(seen.used.toSorted()).toEqual([...step.reads].sort());
  });

  it('takes a Node for the client where the flow starts there', async () => {
    const from = { kind: 'node' as const, name: 'node-b' };
    const seen = await look({ services: local, endpointslices: [slice([elsewhere])] }, { flow: { ...flow, from } });
    expect(seen).toMatchObject({ outcome: 'local-endpoint-here', facts: { node: 'node-b' } });
  });

  it('raises no alarm while the last local endpoint still serves', async () => {
    const objects = { services: local, pods, endpointslices: [slice([elsewhere, endpoint('cart-2', leaving)])] };
    expect((await look(objects, { flow })).result).toBe('pass');
  });

  it('raises no alarm over a headless Service, which the policy does not bind', async () => {
    const services = [service({ internalTrafficPolicy: 'Local', clusterIP: 'None' })];
    expect((await look({ services, pods, endpointslices: [slice([elsewhere])] }, { flow })).result).toBe('pass');
  });
});
