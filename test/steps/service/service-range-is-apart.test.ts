import { expect, it } from 'vitest';
import step from '../../../src/steps/service/service-range-is-apart.js';
import type { FakeObjects } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { toCart } from '../shop.js';

const look = looking(step, 'service-range-is-apart');
const node = (address: string, podCIDR = '10.244.1.0/24') => ({
  metadata: { name: 'node-a' },
  spec: { podCIDR, podCIDRs: [podCIDR] },
  status: {
    addresses: [
      { type: 'InternalIP', address },
      { type: 'Hostname', address: 'node-a' },
    ],
  },
});
const ranges = (...cidrs: string[]) => ({ metadata: { name: 'kubernetes' }, spec: { cidrs } });
const plain: FakeObjects = { servicecidrs: [ranges('10.96.0.0/12')], nodes: [node('192.0.2.11')] };
const toAddress = (address: string) => ({ ...toCart, to: { kind: 'ip', address, port: 443 } }) as const;

it.each([
  ['apart', plain, toAddress('198.51.100.7')],
  ['apart', plain, toCart],
  ['holds-the-destination', plain, toAddress('10.100.4.4')],
  ['holds-a-node', { ...plain, nodes: [node('10.97.0.11')] }, toCart],
  ['holds-pods', { ...plain, nodes: [node('192.0.2.11', '10.100.0.0/16')] }, toCart],
  ['apart', { servicecidrs: [ranges('10.96.0.0/12', 'fd00:10:96::/112')], nodes: [node('fd00:10:97::1')] }, toCart],
  ['not-told', { nodes: [node('192.0.2.11')] }, toCart],
] as const)('%s (%#)', async (outcome, objects, flow) => {
  const found = await look(objects, { flow });
  expect(found.outcome).toBe(outcome);
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
});

it('could not see what nobody may read', async () => {
  expect(await look(plain, { flow: toCart, answers: { deny: ['servicecidrs'] } })).toMatchObject({
    outcome: 'not-told',
  });
});
