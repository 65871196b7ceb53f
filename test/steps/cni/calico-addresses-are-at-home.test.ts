import { expect, it } from 'vitest';
import step from '../../../src/steps/cni/calico-addresses-are-at-home.js';
import { looking } from '../look.js';
import { calicoShop, flannelShop } from './plugin-shop.js';
import { toCart } from './three-nodes.js';

const look = looking(step, 'calico-addresses-are-at-home');
const group = 'crd.projectcalico.org';

const seen = async (affinity: string | null, cidr = '10.244.0.0/16') => {
  const more = {
    [`ippools.${group}`]: [{ metadata: { name: 'default-ipv4-ippool' }, spec: { cidr, blockSize: 26 } }],
    [`ipamblocks.${group}`]: [
      {
        metadata: { name: '10-244-2-0-26' },
        spec: { cidr: '10.244.2.0/26', affinity, allocations: [null], attributes: [] },
      },
    ],
  };
  const found = await look(calicoShop({ more }), { flow: toCart });
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
  return found;
};

it.each([
  ['at-home', 'host:node-c'],
  ['borrowed-from-source', 'host:node-b'],
  ['borrowed', 'host:node-a'],
  // A block that was given back serves whoever still has an address of it.
  ['at-home', null],
  ['at-home', 'virtual:load-balancer'],
])('%s: the block belongs to %s', async (outcome, affinity) => {
  expect((await seen(affinity)).outcome).toBe(outcome);
});

it('names the Pod, its node and the one that the block belongs to', async () => {
  expect((await seen('host:node-b')).facts).toMatchObject({ 'end-pod': 'cart', node: 'node-c', home: 'node-b' });
});

it('no-block: addresses of another range', async () => {
  expect((await seen('host:node-c', '192.168.0.0/16')).outcome).toBe('no-block');
});

it('not-calico', async () => {
  expect((await look(flannelShop(), { flow: toCart })).outcome).toBe('not-calico');
});
