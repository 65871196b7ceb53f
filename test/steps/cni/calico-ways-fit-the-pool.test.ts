import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import step from '../../../src/steps/cni/calico-ways-fit-the-pool.js';
import type { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { calicoShop, flannelShop, nobodyAsks, toNear, toService } from './plugin-shop.js';
import { cluster, refusal, toCart, way } from './three-nodes.js';

const look = looking(step, 'calico-ways-fit-the-pool');
const pool = (spec: object) => ({
  'ippools.crd.projectcalico.org': [
    { metadata: { name: 'default-ipv4-ippool' }, spec: { cidr: '10.244.0.0/16', natOutgoing: true, ...spec } },
  ],
});
const always = { ipipMode: 'Always', vxlanMode: 'Never' };
const vxlan = { ipipMode: 'Never', vxlanMode: 'Always' };
const cross = { ipipMode: 'Never', vxlanMode: 'CrossSubnet' };
const never = { ipipMode: 'Never', vxlanMode: 'Never' };
const to = '10.244.2.5';
const direct = way({ dst: to, gateway: '10.0.0.13', dev: 'eth0' });
const router = way({ dst: to, gateway: '10.0.0.1', dev: 'eth0' });

const seen = async (spec: object, run: ReturnType<typeof ran>, flow = toCart) => {
  const found = await look(calicoShop({ more: pool(spec) }), { flow, answers: { node: () => run } });
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
  return found;
};

it.each([
  ['by-ipip', always, way({ dst: to, gateway: '10.0.0.13', dev: 'tunl0' })],
  ['by-tunnel', vxlan, way({ dst: to, gateway: '10.244.2.0', dev: 'vxlan.calico' })],
  ['by-tunnel', vxlan, way({ dst: to, dev: 'wireguard.cali' })],
  ['unwrapped', cross, direct],
  // Plain BGP without any encapsulation, and a fabric whose routers know the Pods.
  ['unwrapped', never, direct],
  ['by-router', never, router],
  ['by-router', cross, router],
  ['no-route', always, router],
  ['no-route', never, refusal('none')],
  ['refused', always, refusal('blackhole')],
])('%s', async (outcome, spec, run) => {
  const found = await seen(spec, run);
  expect(found.outcome).toBe(outcome);
  expect(found.facts).toMatchObject({ node: 'node-b', other: 'node-c', address: to });
});

const other = '10.244.0.9';
/** A second Pod behind the Service, on node-a. */
const pods = cluster().pods.flatMap((pod) => [
  pod,
  ...(pod.metadata.name === 'cart'
    ? [
        {
          metadata: { ...pod.metadata, name: 'cart-2' },
          spec: { ...pod.spec, nodeName: 'node-a' },
          status: { ...pod.status, podIP: other, podIPs: [{ ip: other }] },
        },
      ]
    : []),
]);
const tunnelled = { gateway: '10.244.0.0', dev: 'vxlan.calico' };
const wayOut = { gateway: '10.0.0.11', dev: 'eth0' };

it.each([
  ['unwrapped', cross, direct, way({ dst: other, ...wayOut })],
  ['by-tunnel', vxlan, way({ dst: to, dev: 'vxlan.calico' }), way({ dst: other, ...tunnelled })],
  // One node in the same subnet, one beyond a router: which of the two fails decides what it can be.
  ['several-ways', cross, direct, way({ dst: other, ...tunnelled })],
  ['no-route', vxlan, way({ dst: to, dev: 'vxlan.calico' }), refusal('none')],
  ['refused', cross, refusal('blackhole'), refusal('none')],
])('%s, where two nodes have Pods of the Service', async (outcome, spec, near, far) => {
  const found = await look(calicoShop({ more: { ...pool(spec), pods } }), {
    flow: toService,
    answers: { node: (_, { address }) => (address === other ? far : near) },
  });
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
  expect(found.outcome).toBe(outcome);
  expect(found.facts?.ways).toHaveLength(2);
});

it('no-pool: addresses that another plugin gives', async () => {
  expect((await seen({ ...always, cidr: '192.168.0.0/16' }, direct)).outcome).toBe('no-pool');
});

it('reads the pools of the newer group where the older one is not served', async () => {
  const { 'ippools.crd.projectcalico.org': pools = [] } = pool(vxlan);
  const objects = calicoShop({ more: { 'ippools.projectcalico.org': pools } });
  const found = await look(objects, {
    flow: toCart,
    answers: { node: () => direct, notServed: ['ippools.crd.projectcalico.org'] },
  });
  expect(found.used).toContain('ippools.projectcalico.org');
  expect(found.facts).toMatchObject({ wrapped: 'VXLAN' });
});

it('could not look where the pools may not be read', async () => {
  const answers = { node: () => direct, deny: ['ippools.crd.projectcalico.org'] as const };
  await expect(look(calicoShop(), { flow: toCart, answers })).rejects.toThrow(CannotLook);
});

it('one-node and not-calico ask no node', async () => {
  expect((await look(calicoShop(), { flow: toNear, answers: nobodyAsks })).outcome).toBe('one-node');
  const found = await look(flannelShop(), { flow: toCart, answers: nobodyAsks });
  expect(found.outcome).toBe('not-calico');
  expect(found.used.toSorted()).toEqual(['nodes', 'pods']);
});
