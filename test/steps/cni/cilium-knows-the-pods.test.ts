import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import step from '../../../src/steps/cni/cilium-knows-the-pods.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { says } from './cilium-says.js';
import { ciliumShop, flannelShop, nobodyAsks } from './plugin-shop.js';
import { cluster, toCart } from './three-nodes.js';

const look = looking(step, 'cilium-knows-the-pods');
const identities = { cart: 24075, client: 24753 };

const endpoint = (name: 'cart' | 'client', node: string) => ({
  metadata: { namespace: 'shop', name },
  status: {
    id: 207,
    identity: { id: identities[name], labels: [`k8s:app=${name}`] },
    networking: { addressing: [{ ipv4: '10.244.2.5' }], node },
    state: 'ready',
  },
});
const endpoints = { 'ciliumendpoints.cilium.io': [endpoint('cart', '10.0.0.13'), endpoint('client', '10.0.0.12')] };

type Says = (address: string, node: string) => string;
const entry = (address: string, identity: number, tunnel: string) =>
  `${address} maps to identity identity=${identity} encryptkey=0 tunnelendpoint=${tunnel}`;
const right: Says = (address) =>
  address === '10.244.2.5' ? entry(address, 24075, '10.0.0.13') : entry(address, 24753, '10.0.0.12');

const seen = async (told: Says, more: object = endpoints) => {
  const agent = (_: string, args: object, node: string) => ran(told((args as { address: string }).address, node));
  const found = await look(ciliumShop({ more }), { flow: toCart, answers: says({ agent }) });
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
  return found;
};
const onSource =
  (line: string): Says =>
  (address, node) =>
    node === 'node-b' ? line : right(address, node);

it.each([
  ['known', right],
  // Native routing: nothing is wrapped, so no entry names a Node.
  ['known', (address) => right(address, '').replace(/endpoint=\S+/, 'endpoint=0.0.0.0')],
  ['unknown-address', onSource('10.244.2.5 does not map to any identity')],
  ['unknown-address', onSource(entry('10.244.2.5', 2, '0.0.0.0'))],
  ['another-node', onSource(entry('10.244.2.5', 24075, '10.0.0.99'))],
  ['another-identity', onSource(entry('10.244.2.5', 31337, '10.0.0.13'))],
] as [string, Says][])('%s', async (outcome, told) => {
  expect((await seen(told)).outcome).toBe(outcome);
});

it('unknown-address: the node of the destination takes the source for the world', async () => {
  const found = await seen((address, node) =>
    node === 'node-c' ? entry(address, 2, '0.0.0.0') : right(address, node),
  );
  expect(found).toMatchObject({
    outcome: 'unknown-address',
    facts: { node: 'node-c', 'end-pod': 'client', identity: 24753, 'seen-identity': 2 },
  });
});

it('no-endpoint: Cilium that keeps no CiliumEndpoints', async () => {
  expect(await seen(right, {})).toMatchObject({ outcome: 'no-endpoint', result: 'unsure' });
});

it('no-pods: nothing has an address yet', async () => {
  const pods = cluster().pods.map((pod) => ({ ...pod, status: { phase: 'Pending' } }));
  expect((await seen(right, { pods })).outcome).toBe('no-pods');
});

it('could not look where the entry was not understood', async () => {
  await expect(seen(() => 'Error: unable to open map')).rejects.toThrow(CannotLook);
});

it('not-cilium: and asks nobody', async () => {
  expect((await look(flannelShop(), { flow: toCart, answers: nobodyAsks })).outcome).toBe('not-cilium');
});
