import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import step from '../../../src/steps/dns/dns-servers-answer.js';
import { looking } from '../look.js';
import { toCart } from '../shop.js';
import { address, dnsShop, far, type Heard, hears, inPod, near, silentAt } from './dns-shop.js';

const look = looking(step, 'dns-servers-answer');
const tcpAt =
  (...servers: readonly string[]) =>
  (server: string) =>
    servers.includes(server) ? 'timeout' : 'found';
const everywhere = [address, near, far];

it.each([
  ['all-answer', {}],
  ['tcp-fails', { tcp: tcpAt(address) }],
  ['udp-fails', { udp: silentAt(...everywhere) }],
  ['address-fails', { udp: silentAt(address) }],
  ['far-fails', { udp: silentAt(far), tcp: tcpAt(far) }],
  ['some-fail', { udp: silentAt(near) }],
  ['replicas-fail', { udp: silentAt(near, far) }],
  ['none-answer', { udp: silentAt(...everywhere), tcp: tcpAt(...everywhere) }],
] as [string, Heard][])('%s', async (outcome, heard) => {
  const found = await look(dnsShop, { flow: toCart, answers: inPod(heard) });
  expect(found.outcome).toBe(outcome);
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
});

it('no-servers', async () => {
  expect((await look({ ...dnsShop, services: [], pods: [] }, { flow: toCart, answers: inPod() })).outcome).toBe(
    'no-servers',
  );
});

it('names the nodes and the Pods that do not answer', async () => {
  const found = await look(dnsShop, { flow: toCart, answers: inPod({ udp: silentAt(far) }) });
  expect(found.facts).toMatchObject({
    failing: [far],
    'failing-nodes': ['node-b'],
    'dns-pods': ['coredns-b'],
    answering: [address, near],
  });
  expect(found.used.toSorted()).toEqual(step.reads.toSorted());
});

it('takes an error about the name for an answer: the way is not to blame', async () => {
  const udp = () => 'server-failure';
  expect((await look(dnsShop, { flow: toCart, answers: inPod({ udp, tcp: () => 'not-found' }) })).outcome).toBe(
    'all-answer',
  );
});

it('says nothing of TCP without a program that asks so, and nothing at all without any', async () => {
  const without = (missing: string) => ({
    pod: (query: string, args: Parameters<ReturnType<typeof hears>>[1]) => {
      if (query === missing) throw new CannotLook('tool-missing', 'no such program');
      return hears()(query, args);
    },
  });
  expect((await look(dnsShop, { flow: toCart, answers: without('ask-over-tcp') })).outcome).toBe('all-answer');
  await expect(look(dnsShop, { flow: toCart, answers: without('resolve-name') })).rejects.toThrow(CannotLook);
});
