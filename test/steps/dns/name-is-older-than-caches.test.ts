import { expect, it } from 'vitest';
import step from '../../../src/steps/dns/name-is-older-than-caches.js';
import { looking } from '../look.js';
import { ago, type Service, service, toCart } from '../shop.js';

const look = looking(step, 'name-is-older-than-caches');
const born = (seconds: number, one: Service): Service => ({
  ...one,
  metadata: { ...one.metadata, creationTimestamp: ago(seconds) },
});
const slice = (seconds: number) => ({
  metadata: {
    ...{ namespace: 'shop', name: 'cart-1', labels: { 'kubernetes.io/service-name': 'cart' } },
    managedFields: [{ manager: 'kube-controller-manager', time: ago(seconds) }],
  },
  ...{ addressType: 'IPv4', endpoints: [] },
});
const headless = service({ clusterIP: 'None', clusterIPs: ['None'] });

it.each([
  ['older', [born(3600, service())], []],
  ['young', [born(20, service())], []],
  ['young', [born(3600, headless)], [slice(15)]],
  ['older', [born(3600, headless)], [slice(900)]],
  ['no-service', [], []],
] as const)('%s (%#)', async (outcome, services, endpointslices) => {
  const found = await look({ services: [...services], endpointslices: [...endpointslices] }, { flow: toCart });
  expect(found.outcome).toBe(outcome);
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
  expect(found.used.toSorted()).toEqual(step.reads.toSorted());
});

it('accuses nobody of endpoints that come and go behind an address that stays', async () => {
  const found = await look({ services: [born(3600, service())], endpointslices: [slice(5)] }, { flow: toCart });
  expect(found.outcome).toBe('older');
});
