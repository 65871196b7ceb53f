import { expect, it } from 'vitest';
import type { Flow } from '../../../src/domain/flow.js';
import step from '../../../src/steps/cni/calico-pool-masquerades.js';
import { looking } from '../look.js';
import { calicoShop, flannelShop } from './plugin-shop.js';
import { cluster } from './three-nodes.js';

const look = looking(step, 'calico-pool-masquerades');
const outside: Flow = {
  from: { kind: 'pod', namespace: 'shop', name: 'client' },
  to: { kind: 'ip', address: '198.51.100.7' },
  protocol: 'TCP',
  port: 443,
};
const seen = async (spec: object, more: object = {}) => {
  const pools = { 'ippools.crd.projectcalico.org': [{ metadata: { name: 'default-ipv4-ippool' }, spec }] };
  const found = await look(calicoShop({ more: { ...pools, ...more } }), { flow: outside });
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
  return found;
};

it.each([
  ['masquerades', 'pass', { cidr: '10.244.0.0/16', natOutgoing: true }],
  // Right where the routers know the Pods, so it is never more than a hint.
  ['not-masqueraded', 'warn', { cidr: '10.244.0.0/16' }],
  ['outside-pools', 'warn', { cidr: '192.168.0.0/16', natOutgoing: true }],
])('%s', async (outcome, result, spec) => expect(await seen(spec)).toMatchObject({ outcome, result }));

it('no-address: a Pod in the network of its node', async () => {
  const pods = cluster().pods.map((pod) => ({ ...pod, spec: { ...pod.spec, hostNetwork: true } }));
  expect((await seen({ cidr: '10.244.0.0/16' }, { pods })).outcome).toBe('no-address');
});

it('not-calico', async () => expect((await look(flannelShop(), { flow: outside })).outcome).toBe('not-calico'));
