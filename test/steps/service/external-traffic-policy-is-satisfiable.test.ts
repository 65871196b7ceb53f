import { describe, expect, it } from 'vitest';
import step from '../../../src/steps/service/external-traffic-policy-is-satisfiable.js';
import { looking } from '../look.js';
import { endpoint, service, slice, toCart } from '../shop.js';

const look = looking(step, 'external-traffic-policy-is-satisfiable');
const flow = toCart;
const endpointslices = [slice([endpoint('cart-1', { nodeName: 'node-b' })])];
const unready = { conditions: { ready: false, serving: false, terminating: false } };
const local = { type: 'NodePort', externalTrafficPolicy: 'Local' };

describe('external-traffic-policy-is-satisfiable', () => {
  it.each([
    ['not-external', [service()], endpointslices],
    ['cluster', [service({ type: 'LoadBalancer', externalTrafficPolicy: 'Cluster' })], endpointslices],
    ['local-with-endpoints', [service(local)], endpointslices],
    ['local-with-endpoints', [service({ externalIPs: ['192.0.2.1'], externalTrafficPolicy: 'Local' })], endpointslices],
    ['local-nowhere', [service(local)], [slice([endpoint('cart-1', unready)])]],
    ['no-service', [], endpointslices],
  ])('%s', async (outcome, services, slices) => {
    const seen = await look({ services, endpointslices: slices }, { flow });
    expect(seen.outcome).toBe(outcome);
    expect(seen.en + seen.zh).not.toMatch(/[{}]/);
    expect(seen.used).toEqual(step.reads);
  });

  it('names the Nodes, also one whose last endpoint is leaving and still serves', async () => {
    const leaving = endpoint('cart-2', {
      nodeName: 'node-c',
      conditions: { ready: false, serving: true, terminating: true },
    });
    const { facts } = await look(
      { services: [service(local)], endpointslices: [slice([endpoint('cart-1'), leaving])] },
      { flow },
    );
    expect(facts).toEqual({ nodes: ['node-a', 'node-c'], total: 2 });
  });

  it('raises no alarm over a policy left behind on a Service that is not external', async () => {
    const services = [service({ externalTrafficPolicy: 'Local' })];
    expect((await look({ services, endpointslices: [] }, { flow })).result).toBe('pass');
  });
});
