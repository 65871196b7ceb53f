import { expect, it } from 'vitest';
import { blockNameOf } from '../../../src/domain/calico-objects.js';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import step from '../../../src/steps/cni/calico-blocks-have-room.js';
import type { FakeObjects } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { calicoShop, flannelShop } from './plugin-shop.js';
import { toCart } from './three-nodes.js';

const look = looking(step, 'calico-blocks-have-room');
const group = 'crd.projectcalico.org';

interface Parts {
  readonly cidr?: string;
  readonly pool?: object;
  readonly affine?: number;
  readonly free?: number;
  readonly strict?: boolean;
}
/** A pool of `/24`, in blocks of 64 addresses: there are four of them. */
const kept = ({ cidr = '10.244.2.0/24', pool = {}, affine = 4, free = 0, strict = false }: Parts): FakeObjects => ({
  [`ippools.${group}` as const]: [{ metadata: { name: 'small' }, spec: { cidr, ...pool } }],
  [`blockaffinities.${group}` as const]: Array.from({ length: affine }, (_, index) => ({
    metadata: { name: `node-${index}` },
    spec: {
      cidr: `10.244.2.${index * 64}/26`,
      node: index === 1 ? 'node-c' : `node-${index}`,
      state: 'confirmed',
      deleted: 'false',
    },
  })),
  [`ipamblocks.${group}` as const]: [
    {
      metadata: { name: '10-244-2-64-26' },
      spec: {
        ...{ cidr: '10.244.2.64/26', affinity: 'host:node-c', strictAffinity: false, deleted: false },
        allocations: Array.from({ length: 64 }, (_, index) => (index < free ? null : 0)),
        unallocated: Array.from({ length: free }, (_, index) => index),
        attributes: [
          { handle_id: 'k8s-pod-network.6bf59', secondary: { namespace: 'shop', node: 'node-c', pod: 'cart' } },
        ],
      },
    },
  ],
  [`ipamconfigs.${group}` as const]: [
    { metadata: { name: 'default' }, spec: { strictAffinity: strict, autoAllocateBlocks: true } },
  ],
});

const seen = async (parts: Parts) => {
  const found = await look(calicoShop({ more: kept(parts) }), { flow: toCart });
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
  return found;
};

it.each([
  ['room', { free: 3 }],
  ['room', { affine: 3 }],
  ['blocks-used-up', {}],
  ['used-up', { strict: true }],
  ['no-pool', { pool: { disabled: true } }],
  // Who may have these addresses is not known here.
  ['not-counted', { pool: { nodeSelector: 'zone == "west"' } }],
] as [string, Parts][])('%s', async (outcome, parts) => {
  expect((await seen(parts)).outcome).toBe(outcome);
});

it('room: half a million addresses and a full block are no fault', async () => {
  expect((await seen({ cidr: '10.240.0.0/12' })).outcome).toBe('room');
});

it('counts blocks, and what is free in those of the node', async () => {
  expect((await seen({ free: 3 })).facts).toMatchObject({ node: 'node-c', affine: 4, blocks: 4, free: 3 });
});

it('other-addresses: Calico that keeps none, as behind the IPAM of a cloud', async () => {
  const notServed = [`ippools.${group}`, 'ippools.projectcalico.org'] as const;
  expect((await look(calicoShop(), { flow: toCart, answers: { notServed } })).outcome).toBe('other-addresses');
});

it('could not look where blocks may not be read, or have another form', async () => {
  const deny = [`blockaffinities.${group}`] as const;
  await expect(look(calicoShop({ more: kept({}) }), { flow: toCart, answers: { deny } })).rejects.toThrow(CannotLook);
  const odd = { ...kept({}), [`ippools.${group}`]: [{ metadata: { name: 'small' }, spec: { cidrs: [] } }] };
  await expect(look(calicoShop({ more: odd }), { flow: toCart })).rejects.toThrow(CannotLook);
});

it('not-calico: reads nothing of its kinds', async () => {
  const found = await look(flannelShop(), { flow: toCart });
  expect(found.outcome).toBe('not-calico');
  expect(found.used.toSorted()).toEqual(['nodes', 'pods']);
});

it.each([
  ['192.168.0.249', 26, '192-168-0-192-26'],
  ['10.244.2.5', 26, '10-244-2-0-26'],
  ['172.16.158.7', 24, '172-16-158-0-24'],
])('finds the block of %s', (address, size, name) => expect(blockNameOf(address, size)).toBe(name));
