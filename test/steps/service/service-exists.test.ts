import { describe, expect, it } from 'vitest';
import step from '../../../src/steps/service/service-exists.js';
import { looking } from '../look.js';
import { service, toCart } from '../shop.js';

const look = looking(step, 'service-exists');
const flow = toCart;
const namespaces = [
  { metadata: { name: 'shop' } },
  { metadata: { name: 'shop-eu' } },
  { metadata: { name: 'default' } },
];

describe('service-exists', () => {
  it.each([
    ['exists', [service()]],
    ['missing', [service({}, 'carts')]],
    ['external-name', [service({ type: 'ExternalName', externalName: 'cart.example.com', clusterIP: undefined })]],
    ['headless', [service({ clusterIP: 'None', clusterIPs: ['None'] })]],
  ])('%s', async (outcome, services) => {
    const seen = await look({ services, namespaces }, { flow });
    expect(seen.outcome).toBe(outcome);
    expect(seen.en + seen.zh).not.toMatch(/[{}]/);
  });

  it('finds names alike, and the same name in other Namespaces, and reads what it declares', async () => {
    const services = [service({}, 'carts'), service({}, 'payments'), service({}, 'cart', 'shop-eu')];
    const { facts, used } = await look({ services, namespaces }, { flow });
    expect(facts).toEqual({ near: ['carts'], elsewhere: ['shop-eu/cart'] });
    expect(used).toEqual(step.reads);
  });

  it('looks into the Namespace of the client even where Namespaces may not be listed', async () => {
    const from = { kind: 'pod' as const, namespace: 'tills', name: 'till-1' };
    const services = [service({}, 'cart', 'tills')];
    const seen = await look({ services, namespaces }, { flow: { ...flow, from }, answers: { deny: ['namespaces'] } });
    expect(seen).toMatchObject({ outcome: 'missing', facts: { near: [], elsewhere: ['tills/cart'] } });
  });

  it('asks few Namespaces of many', async () => {
    const many = Array.from({ length: 200 }, (_, index) => ({ metadata: { name: `team-${index}` } }));
    expect((await look({ namespaces: many }, { flow })).calls.length).toBeLessThan(10);
  });

  it('raises no alarm over a Service without selector and with two addresses', async () => {
    const services = [service({ selector: undefined, clusterIPs: ['10.96.4.7', 'fd00:96::7'] })];
    expect((await look({ services }, { flow })).result).toBe('pass');
  });
});
