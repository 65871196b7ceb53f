import { expect, it } from 'vitest';
import step from '../../../src/steps/service/endpoints-object-is-whole.js';
import { looking } from '../look.js';
import { toCart } from '../shop.js';

const look = looking(step, 'endpoints-object-is-whole');
const endpoints = (annotations: Record<string, string> = {}) => ({
  metadata: { namespace: 'shop', name: 'cart', annotations },
  subsets: [{ addresses: [{ ip: '10.244.1.7' }], notReadyAddresses: [{ ip: '10.244.1.8' }] }],
});

it.each([
  ['whole', [endpoints()]],
  ['truncated', [endpoints({ 'endpoints.kubernetes.io/over-capacity': 'truncated' })]],
  // 1.21 wrote this where nothing was left out.
  ['whole', [endpoints({ 'endpoints.kubernetes.io/over-capacity': 'warning' })]],
  ['no-object', []],
])('%s (%#)', async (outcome, objects) => {
  const found = await look({ endpoints: objects }, { flow: toCart });
  expect(found.outcome).toBe(outcome);
  expect(found.used).toEqual(step.reads);
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
});
