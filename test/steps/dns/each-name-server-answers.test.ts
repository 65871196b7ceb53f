import { expect, it } from 'vitest';
import type { AnyStep } from '../../../src/domain/step.js';
import step from '../../../src/steps/dns/each-name-server-answers.js';
import { looking } from '../look.js';
import { toCart } from '../shop.js';
import { address, dnsShop, type Heard, inPod, silentAt } from './dns-shop.js';

const look = looking(step as unknown as AnyStep, 'each-name-server-answers');
const dead = '192.0.2.53';
const seen = (heard: Heard) => look(dnsShop, { flow: toCart, answers: inPod(heard) });

it.each([
  ['all-answer', { nameservers: [address] }],
  ['all-answer', { nameservers: [address, dead] }],
  ['too-many', { nameservers: [address, '192.0.2.1', '192.0.2.2', '192.0.2.3'] }],
  ['some-silent', { nameservers: [address, dead], udp: silentAt(dead) }],
  ['first-silent', { nameservers: [dead, address], udp: silentAt(dead) }],
  ['first-knows-less', { nameservers: [dead, address], udp: (server) => (server === dead ? 'not-found' : 'found') }],
  ['none-answer', { udp: () => 'timeout' }],
  ['no-name-server', { nameservers: [] }],
] as [string, Heard][])('%s (%#)', async (outcome, heard) => {
  const found = await seen(heard);
  expect(found.outcome).toBe(outcome);
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
});

it('names the servers, and asks for the name of the flow', async () => {
  const found = await seen({ nameservers: [dead, address], udp: silentAt(dead) });
  expect(found.facts).toMatchObject({
    first: dead,
    silent: [dead],
    answering: [address],
    name: 'cart.shop.svc.cluster.local.',
  });
});

it('accuses nobody of a server that lost one datagram', async () => {
  const asked: string[] = [];
  const udp = (server: string) => (asked.push(server) === 1 ? 'timeout' : 'found');
  expect((await seen({ nameservers: [dead, address], udp })).outcome).toBe('all-answer');
  expect(asked).toEqual([dead, address, dead]);
});

it('accuses nobody of a resolver of its own whose servers all know the name', async () => {
  expect((await seen({ nameservers: ['192.0.2.1', '192.0.2.2'] })).result).toBe('pass');
});
