import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import type { JsonObject } from '../../../src/domain/json.js';
import step from '../../../src/steps/dns/dns-servers-answer-the-node.js';
import { looking } from '../look.js';
import { toCart } from '../shop.js';
import { address, dnsShop, far, type Heard, hears, near, silentAt } from './dns-shop.js';

const look = looking(step, 'dns-servers-answer-the-node');
const seen = (own: Heard, other: Heard = own) =>
  look(dnsShop, {
    flow: toCart,
    answers: {
      node: (query: string, args: JsonObject, node: string) => hears(node === 'node-a' ? own : other)(query, args),
    },
  });
const silent = (...servers: string[]): Heard => ({
  udp: silentAt(...servers),
  tcp: (server) => (servers.includes(server) ? 'timeout' : 'found'),
});
const everywhere = [address, near, far];

it.each([
  ['all-answer', {}, {}],
  ['only-this-node-fails', silent(...everywhere), {}],
  ['only-this-node-fails', silent(address), {}],
  ['tcp-fails', { tcp: () => 'timeout' }, { tcp: () => 'timeout' }],
  ['udp-fails', { udp: () => 'timeout' }, { udp: () => 'timeout' }],
  ['address-fails', silent(address), silent(address)],
  ['far-fails', silent(far), {}],
  ['some-fail', silent(near), silent(near)],
  ['replicas-fail', silent(near, far), silent(near, far)],
  ['none-answer', silent(...everywhere), silent(...everywhere)],
] as [string, Heard, Heard][])('%s (%#)', async (outcome, own, other) => {
  const found = await seen(own, other);
  expect(found.outcome).toBe(outcome);
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
});

it('compares with one other node, and reads what it says', async () => {
  const found = await seen(silent(address), {});
  expect(found.facts).toMatchObject({ node: 'node-a', other: 'node-b', failing: [address] });
  expect(found.used.toSorted()).toEqual(step.reads.toSorted());
});

it('no-servers', async () => {
  const pods = dnsShop.pods?.slice(0, 1) ?? [];
  const answers = { node: hears() };
  expect((await look({ ...dnsShop, services: [], pods }, { flow: toCart, answers })).outcome).toBe('no-servers');
});

it('says nothing where the node of the source could not be looked at', async () => {
  const node = (query: string, args: JsonObject, name: string) => {
    if (name === 'node-a') throw new CannotLook('lost', 'no way in');
    return hears()(query, args);
  };
  await expect(look(dnsShop, { flow: toCart, answers: { node } })).rejects.toThrow('no way in');
});
