import { expect, it } from 'vitest';
import { flowBetween, readEnd } from '../../../src/domain/ends.js';
import step from '../../../src/steps/exposure/client-stands-outside-the-cluster.js';
import { looking } from '../look.js';

const look = looking(step, 'client-stands-outside-the-cluster');
const flowFrom = (from: string) => flowBetween(readEnd(from, 'shop'), readEnd('svc/shop/cart', 'shop'));
const objects = {
  nodes: [
    {
      metadata: { name: 'node-a' },
      spec: { podCIDR: '10.244.1.0/24', podCIDRs: ['10.244.1.0/24', 'fd00:1::/64'] },
      status: { addresses: [{ type: 'InternalIP', address: '10.0.0.11' }] },
    },
  ],
  pods: [{ metadata: { namespace: 'shop', name: 'till' }, status: { phase: 'Running', podIP: '10.244.1.9' } }],
};

it.each([
  ['outside', 'outside/ip/198.51.100.7'],
  ['outside', 'outside/ip/2001:db8::7'],
  ['a-node', 'outside/ip/10.0.0.11'],
  ['a-node', 'node/node-a'],
  ['a-pod', 'outside/ip/10.244.1.9'],
  ['a-pod', 'pod/shop/till'],
  ['in-pod-range', 'outside/ip/10.244.1.77'],
  ['in-pod-range', 'outside/ip/fd00:1::77'],
  ['not-told', 'outside'],
])('%s: %s', async (outcome, from) => {
  const found = await look(objects, { flow: flowFrom(from) });
  expect(found).toMatchObject({ outcome });
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{[a-z-]+\}/);
  if (from.includes('/ip/')) expect(found.used.toSorted()).toEqual(step.reads.toSorted());
});
