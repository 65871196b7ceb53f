import { expect, it } from 'vitest';
import step from '../../../src/steps/cni/calico-node-addresses-are-right.js';
import { looking } from '../look.js';
import { calicoShop, flannelShop } from './plugin-shop.js';
import { toCart } from './three-nodes.js';

const look = looking(step, 'calico-node-addresses-are-right');
const key = 'projectcalico.org/IPv4Address';
const seen = async (changed: Parameters<typeof calicoShop>[0] = {}) => {
  const found = await look(calicoShop(changed), { flow: toCart });
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
  return found;
};

it('right: the address of each node is its own', async () => {
  expect((await seen()).outcome).toBe('right');
});

it('shared: the bridge of docker has the same address everywhere', async () => {
  const bridge = { [key]: '172.17.0.1/16' };
  expect(await seen({ changed: { 'node-b': bridge, 'node-c': bridge } })).toMatchObject({
    outcome: 'shared',
    result: 'fail',
    facts: { chosen: '172.17.0.1' },
  });
});

it('another: a second network of the nodes is no fault by itself', async () => {
  const found = await seen({ changed: { 'node-c': { [key]: '192.168.7.13/24' } } });
  expect(found).toMatchObject({
    outcome: 'another',
    result: 'warn',
    facts: { node: 'node-c', chosen: '192.168.7.13' },
  });
});

it('none-told: Calico without addresses of nodes', async () => {
  const marks = () => ({ 'projectcalico.org/IPv6Address': 'fd00::1/64' });
  expect((await seen({ marks })).outcome).toBe('none-told');
});

it('not-calico', async () => {
  expect((await look(flannelShop(), { flow: toCart })).outcome).toBe('not-calico');
});
