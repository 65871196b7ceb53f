import { expect, it } from 'vitest';
import { flowBetween, readEnd } from '../../../src/domain/ends.js';
import step from '../../../src/steps/connectivity/address-lies-outside-the-cluster.js';
import { looking } from '../look.js';

const look = looking(step, 'address-lies-outside-the-cluster');
const pod = (namespace: string, podIP: string, spec: object = {}) => ({
  metadata: { namespace, name: 'cart' },
  spec,
  status: { phase: 'Running', podIP },
});
const objects = {
  nodes: [
    {
      metadata: { name: 'node-b' },
      spec: { podCIDR: '10.244.1.0/24', podCIDRs: ['10.244.1.0/24'] },
      status: { addresses: [{ type: 'InternalIP', address: '10.0.0.12' }] },
    },
  ],
  pods: [pod('market', '10.244.1.7'), pod('market', '10.0.0.12', { hostNetwork: true })],
  services: [{ metadata: { namespace: 'market', name: 'stall' }, spec: { clusterIP: '10.96.7.7' } }],
};
const seen = (to: string, from = 'pod/shop/client') =>
  look(objects, { flow: flowBetween(readEnd(from, 'shop'), readEnd(to, 'shop')) });

it.each([
  ['outside', 'ip/198.51.100.7:80'],
  ['a-pod', 'ip/10.244.1.7:80'],
  ['a-service', 'ip/10.96.7.7:80'],
  ['a-node', 'ip/10.0.0.12:80'],
  ['in-pod-range', 'ip/10.244.1.99:80'],
  ['the-source-itself', 'ip/127.0.0.1:31330'],
  ['the-source-itself', 'ip/[::1]:80'],
  ['no-single-address', 'host/www.example.com:443'],
  ['no-single-address', 'cidr/203.0.113.0/24'],
])('%s: %s', async (outcome, to) => {
  const found = await seen(to);
  expect(found.outcome).toBe(outcome);
  expect(found.result).not.toBe('fail');
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{[a-z-]+\}/);
});

it('names the owner as it can be asked about', async () => {
  expect((await seen('ip/10.244.1.7:80')).facts?.owner).toBe('pod/market/cart');
  expect((await seen('ip/10.96.7.7:80', 'node/node-b')).facts?.owner).toBe('svc/market/stall');
});

it('asks whole tables of nothing but nodes', async () => {
  const { calls, used } = await seen('ip/198.51.100.7:80');
  expect(used.toSorted()).toEqual(step.reads.toSorted());
  const lists = calls.flatMap((call) => (call.port === 'kube' && call.verb === 'list' ? [call] : []));
  for (const { kind, fields, limit } of lists) expect(kind === 'nodes' ? limit : fields).toBeDefined();
});
