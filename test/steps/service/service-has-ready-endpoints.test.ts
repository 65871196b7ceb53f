import { describe, expect, it } from 'vitest';
import step from '../../../src/steps/service/service-has-ready-endpoints.js';
import { looking } from '../look.js';
import { endpoint, service, slice, toCart } from '../shop.js';

const look = looking(step, 'service-has-ready-endpoints');
const flow = toCart;
const services = [service()];
const unready = { conditions: { ready: false, serving: false, terminating: false } };
const leaving = { conditions: { ready: false, serving: true, terminating: true } };

describe('service-has-ready-endpoints', () => {
  it.each([
    ['ready', services, [slice([endpoint('cart-1')])]],
    ['some-not-ready', services, [slice([endpoint('cart-1'), endpoint('cart-2', unready)])]],
    ['only-terminating', services, [slice([endpoint('cart-1', leaving)])]],
    ['none-ready', services, [slice([endpoint('cart-1', unready)])]],
    ['port-not-listed', services, [slice([endpoint('cart-1')], { ports: [] })]],
    ['none-listed', services, [slice([], { ports: undefined })]],
    ['no-slices', services, []],
    ['external-name', [service({ type: 'ExternalName' })], []],
    ['no-service', [], [slice([endpoint('cart-1')])]],
  ])('%s', async (outcome, of, endpointslices) => {
    const seen = await look({ services: of, endpointslices }, { flow });
    expect(seen.outcome).toBe(outcome);
    expect(seen.en + seen.zh).not.toMatch(/[{}]/);
    expect(seen.used).toEqual(step.reads);
  });

  it('counts only endpoints that are listed for the asked port', async () => {
    const metrics = { ports: [{ name: 'metrics', port: 9090, protocol: 'TCP' }] };
    const endpointslices = [slice([endpoint('cart-1', unready)]), slice([endpoint('cart-2')], metrics)];
    expect((await look({ services, endpointslices }, { flow })).outcome).toBe('none-ready');
  });

  it.each([
    ['no condition at all', {}],
    ['not-ready Pods that are published on purpose', { ready: true, serving: false, terminating: false }],
  ])('raises no alarm over endpoints with %s', async (_, conditions) => {
    const endpointslices = [slice([endpoint('cart-1', { conditions })])];
    expect((await look({ services, endpointslices }, { flow })).result).toBe('pass');
  });

  it('raises no alarm over a rollout that takes old endpoints away', async () => {
    const endpointslices = [slice([endpoint('cart-1'), endpoint('cart-0', leaving)])];
    expect((await look({ services, endpointslices }, { flow })).result).toBe('pass');
  });

  it('raises no alarm over a headless Service without ports', async () => {
    const headless = [service({ clusterIP: 'None', ports: undefined })];
    const endpointslices = [slice([endpoint('cart-1')], { ports: [] })];
    expect((await look({ services: headless, endpointslices }, { flow })).result).toBe('pass');
  });
});
