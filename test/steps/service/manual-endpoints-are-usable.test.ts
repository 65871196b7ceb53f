import { describe, expect, it } from 'vitest';
import step from '../../../src/steps/service/manual-endpoints-are-usable.js';
import { looking } from '../look.js';
import { endpoint, manualSlice, service, slice, toCart } from '../shop.js';

const look = looking(step, 'manual-endpoints-are-usable');
const flow = toCart;
const bare = service({ selector: undefined });
const at = (...addresses: string[]) =>
  manualSlice(addresses.map((address) => ({ addresses: [address], conditions: {} })));

describe('manual-endpoints-are-usable', () => {
  it.each([
    ['not-manual', [service()], [slice([endpoint('cart-1')])]],
    ['not-manual', [service({ type: 'ExternalName', selector: undefined })], []],
    ['usable', [bare], [at('192.0.2.10')]],
    ['none', [bare], []],
    ['none', [bare], [at()]],
    ['looks-dead', [bare], [at('127.0.0.1')]],
    ['looks-dead', [bare], [at('fe80::1')]],
    ['looks-dead', [bare, service({ clusterIPs: ['10.96.8.8'] }, 'payments')], [at('192.0.2.10', '10.96.8.8')]],
    ['no-service', [], []],
  ])('%s', async (outcome, services, endpointslices) => {
    const seen = await look({ services, endpointslices }, { flow });
    expect(seen.outcome).toBe(outcome);
    expect(seen.en + seen.zh).not.toMatch(/[{}]/);
    expect(seen.used).toEqual(step.reads);
  });

  it('names the addresses that cannot be right', async () => {
    const { facts } = await look({ services: [bare], endpointslices: [at('192.0.2.10', '127.0.0.1')] }, { flow });
    expect(facts).toEqual({ addresses: ['127.0.0.1'], total: 1, of: 2 });
  });

  it('raises no alarm over the Service of the API server, whose endpoints no controller manages', async () => {
    const to = { kind: 'service' as const, namespace: 'default', name: 'kubernetes' };
    const labels = { 'kubernetes.io/service-name': 'kubernetes' };
    const endpointslices = [{ ...at('172.18.0.2'), metadata: { namespace: 'default', name: 'kubernetes', labels } }];
    const services = [service({ selector: undefined }, 'kubernetes', 'default')];
    expect((await look({ services, endpointslices }, { flow: { ...flow, to } })).outcome).toBe('usable');
  });
});
