import { expect, it } from 'vitest';
import step from '../../../src/steps/dns/dns-replicas-agree.js';
import { looking } from '../look.js';
import { service, toCart } from '../shop.js';
import { dnsShop, far, inPod, kubeDns } from './dns-shop.js';

const look = looking(step, 'dns-replicas-agree');
const seen = (udp: (server: string) => string, own = service({ clusterIP: '10.96.1.2', clusterIPs: ['10.96.1.2'] })) =>
  look({ ...dnsShop, services: [own, kubeDns()] }, { flow: toCart, answers: inPod({ udp }) });
const at =
  (server: string, word: string, other = 'found') =>
  (asked: string) =>
    asked === server ? word : other;

it.each([
  ['agree', () => 'found'],
  ['agree', at(far, 'timeout')],
  ['differ', at(far, 'not-found')],
  ['all-unknown', () => 'not-found'],
  ['all-fail', at(far, 'server-failure', 'not-found')],
  ['not-asked', () => 'timeout'],
] as [string, (server: string) => string][])('%s (%#)', async (outcome, udp) => {
  const found = await seen(udp);
  expect(found.outcome).toBe(outcome);
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
});

it('all-elsewhere: the addresses are those of another Service', async () => {
  const found = await seen(() => 'found', service());
  expect(found).toMatchObject({
    outcome: 'all-elsewhere',
    facts: { expected: ['10.96.4.7'], addresses: ['10.96.1.2'] },
  });
});

it('names who is right and who is wrong, and reads what it says', async () => {
  const found = await seen(at(far, 'not-found'));
  expect(found.facts).toMatchObject({
    right: ['coredns-a'],
    wrong: ['coredns-b'],
    name: 'cart.shop.svc.cluster.local.',
  });
  expect(found.used.toSorted()).toEqual(step.reads.toSorted());
});

it('no-service', async () => {
  expect((await look({ ...dnsShop, services: [kubeDns()] }, { flow: toCart, answers: inPod() })).outcome).toBe(
    'no-service',
  );
});

it('accuses nobody of a headless Service without a ready Pod', async () => {
  expect((await seen(() => 'not-found', service({ clusterIP: 'None', clusterIPs: ['None'] }))).outcome).toBe(
    'not-asked',
  );
});
