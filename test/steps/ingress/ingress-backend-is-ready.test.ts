import { describe, expect, it } from 'vitest';
import step from '../../../src/steps/ingress/ingress-backend-is-ready.js';
import { looking } from '../look.js';
import { endpoint, service, slice } from '../shop.js';
import { backendOf, cluster, front, rule, toFront } from './front.js';

const look = looking(step, 'ingress-backend-is-ready');
const to = (port: object, name?: string) => front({ paths: [rule('/', 'Prefix', backendOf(port, name))] });
const unready = endpoint('cart-1', { conditions: { ready: false, serving: false } });
const outside = service({ type: 'ExternalName', externalName: 'cart.example.com' });

describe('ingress-backend-is-ready', () => {
  it.each([
    ['ready', cluster()],
    ['ready', cluster(to({ name: 'http' }))],
    // ingress-nginx takes the number of the target port as well.
    ['ready', cluster(to({ number: 8080 }))],
    ['external', cluster(front(), { services: [outside] })],
    ['service-missing', cluster(to({ number: 80 }, 'carts'))],
    ['port-missing', cluster(to({ number: 8443 }))],
    ['port-missing', cluster(to({ name: 'web' }))],
    ['none-ready', cluster(front(), { endpointslices: [slice([unready])] })],
    ['no-endpoints', cluster(front(), { endpointslices: [] })],
    ['no-backend', cluster(front({ spec: { rules: [] } }))],
    ['no-backend', {}],
  ])('%s', async (outcome, objects) => {
    const seen = await look(objects, { flow: toFront });
    expect(seen.outcome).toBe(outcome);
    expect(seen.en + seen.zh).not.toMatch(/[{}]/);
  });

  it('reads what it declares, and names what may have been meant', async () => {
    const { used, facts } = await look(cluster(to({ number: 80 }, 'carts')), { flow: toFront });
    expect(used.toSorted()).toEqual(step.reads.toSorted());
    expect(facts).toMatchObject({ near: ['cart'], backend: 'carts' });
  });
});
