import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import step from '../../../src/steps/cni/cilium-drops-nothing.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { says } from './cilium-says.js';
import { ciliumShop, flannelShop, nobodyAsks } from './plugin-shop.js';
import { toCart } from './three-nodes.js';

const look = looking(step, 'cilium-drops-nothing');
const recorded = JSON.parse(
  readFileSync(new URL('../../fixtures/cilium/denied-by-name.json', import.meta.url), 'utf8'),
) as { flow: Record<string, object> };

/** The recorded drop, once for each packet, with what a case changes. */
const drops = (reason: string, { count = 6, port = 8080, from = 24753, to = 24075 } = {}) =>
  Array.from({ length: count }, (_, index) => {
    const flow = {
      ...recorded.flow,
      time: `2026-07-31T10:41:0${index}.2Z`,
      drop_reason_desc: reason,
      l4: { TCP: { source_port: 60524 + index, destination_port: port, flags: { SYN: true } } },
      source: { ...recorded.flow.source, identity: from },
      destination: { ...recorded.flow.destination, identity: to },
    };
    return JSON.stringify({ flow, node_name: 'shop/node-a' });
  });

interface World {
  readonly before?: readonly string[];
  readonly after?: readonly string[];
  readonly on?: 'node-b' | 'node-c';
  readonly how?: 'timeout' | 'open';
  readonly silent?: 'node-b' | 'both';
}
const silence = ran('', {
  exitCode: 1,
  stderr: 'failed to connect to unix:///var/run/cilium/hubble.sock: context deadline exceeded',
});

const seen = async ({ before = [], after = [], on = 'node-b', how = 'timeout', silent }: World) => {
  const looks: Record<string, number> = {};
  const agent = (query: string, args: object, node: string) => {
    expect([query, args]).toEqual(['hubble-drops', { source: '10.244.1.2', destination: '10.244.2.5' }]);
    if (silent === 'both' || silent === node) return silence;
    looks[node] = (looks[node] ?? 0) + 1;
    return ran(node === on ? [...before, ...(looks[node] > 1 ? after : [])].join('\n') : '');
  };
  const found = await look(ciliumShop(), { flow: toCart, answers: says({ agent, how }) });
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
  return found;
};

it.each([
  ['policy-denied', { after: drops('POLICY_DENY') }],
  ['policy-denied', { after: drops('POLICY_DENIED'), on: 'node-c' }],
  ['denied-as-world', { after: drops('POLICY_DENIED', { from: 2 }) }],
  ['not-tracked', { after: drops('CT_MAP_INSERTION_FAILED') }],
  ['no-nat-port', { after: drops('NO_MAPPING_FOR_NAT_MASQUERADE') }],
  ['unroutable', { after: drops('STALE_OR_UNROUTABLE_IP') }],
  ['encryption', { after: drops('UNENCRYPTED_TRAFFIC') }],
  ['dropped-otherwise', { after: drops('FIB_LOOKUP_FAILED') }],
  ['too-few', { after: drops('POLICY_DENIED', { count: 1 }) }],
  ['nothing-dropped', {}],
  // What was dropped before the probe, and on the way to another port, is nothing of this flow.
  ['nothing-dropped', { before: drops('POLICY_DENIED') }],
  ['nothing-dropped', { after: drops('POLICY_DENIED', { port: 9090 }) }],
  ['passes', { after: drops('POLICY_DENIED'), how: 'open' }],
  ['partly-seen', { silent: 'node-b' }],
] as [string, World][])('%s', async (outcome, world) => {
  expect((await seen(world)).outcome).toBe(outcome);
});

it('names the reason, the policy and how often', async () => {
  expect((await seen({ after: drops('POLICY_DENY') })).facts).toMatchObject({
    node: 'node-b',
    reason: 'POLICY_DENY',
    direction: 'EGRESS',
    policies: ['shop/deny-cart'],
    counted: 6,
  });
});

it('could not look where Hubble is switched off', async () => {
  await expect(seen({ silent: 'both' })).rejects.toThrow(CannotLook);
});

it('not-tried and not-cilium ask nobody', async () => {
  const udp = { ...toCart, protocol: 'UDP' } as const;
  expect((await look(ciliumShop(), { flow: udp, answers: nobodyAsks })).outcome).toBe('not-tried');
  expect((await look(flannelShop(), { flow: toCart, answers: nobodyAsks })).outcome).toBe('not-cilium');
});
