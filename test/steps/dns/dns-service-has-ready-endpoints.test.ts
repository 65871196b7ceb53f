import { expect, it } from 'vitest';
import step from '../../../src/steps/dns/dns-service-has-ready-endpoints.js';
import type { FakeObjects } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { checkout, notReady, toCart } from '../shop.js';
import { dnsShop, far, kubeDns, near, replica, slice } from './dns-shop.js';

const look = looking(step, 'dns-service-has-ready-endpoints');
const unready = [replica('coredns-a', 'node-a', near, notReady)];

it.each([
  ['serves', {}],
  ['tcp-missing', { endpointslices: [slice([near], ['UDP'])] }],
  ['udp-missing', { services: [kubeDns({ ports: [{ name: 'dns-tcp', port: 53, protocol: 'TCP' }] })] }],
  ['selects-none', { services: [kubeDns({ selector: { 'k8s-app': 'coredns' } })], endpointslices: [slice([])] }],
  ['not-listed', { endpointslices: [slice([])] }],
  ['none-ready', { endpointslices: [slice([])], pods: [checkout(), ...unready] }],
  ['no-service', { services: [] }],
] as [string, FakeObjects][])('%s', async (outcome, objects) => {
  const found = await look({ ...dnsShop, ...objects }, { flow: toCart });
  expect(found.outcome).toBe(outcome);
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
});

it('reads what it says it reads, and names the addresses', async () => {
  const found = await look(dnsShop, { flow: toCart });
  expect(found.used.toSorted()).toEqual(step.reads.toSorted());
  expect(found.facts).toMatchObject({ udp: [near, far], tcp: [near, far], address: '10.96.0.10' });
});

it('is not misled by the second Service that a cache on the nodes brings', async () => {
  const upstream = {
    ...kubeDns({ clusterIP: '10.96.9.9' }),
    metadata: { ...kubeDns().metadata, name: 'kube-dns-upstream' },
  };
  const found = await look({ ...dnsShop, services: [upstream, kubeDns()] }, { flow: toCart });
  expect(found).toMatchObject({ outcome: 'serves', facts: { 'dns-service': 'kube-dns' } });
});
