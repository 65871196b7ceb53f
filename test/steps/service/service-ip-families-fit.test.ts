import { describe, expect, it } from 'vitest';
import step from '../../../src/steps/service/service-ip-families-fit.js';
import { looking } from '../look.js';
import { checkout, endpoint, service, slice, toCart } from '../shop.js';

const look = looking(step, 'service-ip-families-fit');
const flow = toCart;
const dual = { ipFamilies: ['IPv4', 'IPv6'], ipFamilyPolicy: 'RequireDualStack' };
const four = slice([endpoint('cart-1')]);
const six = slice([endpoint('cart-1', { addresses: ['fd00:244::7'] })], { addressType: 'IPv6' });
const pods = [checkout()];
const onlySix = { podIP: 'fd00:244::9', podIPs: [{ ip: 'fd00:244::9' }] };

describe('service-ip-families-fit', () => {
  it.each([
    ['fits', [service()], [four], pods],
    ['fits', [service(dual)], [four, six], pods],
    ['single-stack-preferred', [service({ ipFamilyPolicy: 'PreferDualStack' })], [four], pods],
    ['slices-lack-family', [service(dual)], [four], pods],
    ['slices-lack-family', [service(dual)], [four, slice([], { addressType: 'IPv6' })], pods],
    ['client-lacks-family', [service()], [four], [checkout({ status: onlySix })]],
    ['nothing-to-compare', [service()], [], pods],
    ['nothing-to-compare', [], [], pods],
  ])('%s', async (outcome, ...[services, endpointslices, clients]) => {
    const seen = await look({ services, endpointslices, pods: clients }, { flow });
    expect(seen.outcome).toBe(outcome);
    expect(seen.en + seen.zh).not.toMatch(/[{}]/);
    expect(seen.used.toSorted()).toEqual([...step.reads].sort());
  });

  it.each([
    [
      'a client on the network of its Node',
      checkout({ spec: { hostNetwork: true, nodeName: 'node-a' }, status: onlySix }),
    ],
    ['a client that has no address yet', checkout({ status: { podIP: undefined, podIPs: [] } })],
  ])('raises no alarm over %s', async (_, client) => {
    const seen = await look({ services: [service()], endpointslices: [four], pods: [client] }, { flow });
    expect(seen.result).toBe('pass');
  });

  it('asks for no client where the flow starts outside', async () => {
    const from = { kind: 'outside' as const };
    const seen = await look({ services: [service()], endpointslices: [four] }, { flow: { ...flow, from } });
    expect(seen).toMatchObject({ outcome: 'fits', used: ['services', 'endpointslices'] });
  });
});
