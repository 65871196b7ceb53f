import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import { flowBetween, readEnd } from '../../../src/domain/ends.js';
import type { Run } from '../../../src/domain/query.js';
import step from '../../../src/steps/exposure/nodes-answer-the-client-by-their-uplink.js';
import { answers, cluster, type NodeName, refusal, way } from '../cni/three-nodes.js';
import { looking } from '../look.js';

const look = looking(step, 'nodes-answer-the-client-by-their-uplink');
const client = '198.51.100.7';
const byGateway = way({ dst: client, gateway: '10.0.0.1', dev: 'eth0' });

const seen = (
  bad: { readonly [N in NodeName]?: Run } = {},
  { from = `outside/ip/${client}`, changes = {} as Parameters<typeof answers>[0] } = {},
) =>
  look(cluster(), {
    flow: flowBetween(readEnd(from, 'shop'), readEnd('svc/shop/cart', 'shop')),
    answers: answers(changes, (query, _, node) => (query === 'route-to' ? (bad[node] ?? byGateway) : undefined)),
  });

it.each([
  ['by-uplink', 'pass', {}],
  ['into-pod-network', 'fail', { 'node-a': way({ dst: client, dev: 'cni0' }) }],
  ['into-pod-network', 'fail', { 'node-c': way({ dst: client, gateway: '10.244.2.0', dev: 'flannel.1' }) }],
  ['no-way-back', 'fail', { 'node-b': refusal('none') }],
  ['refused', 'fail', { 'node-b': refusal('blackhole') }],
  ['by-another-device', 'warn', { 'node-b': way({ dst: client, gateway: '192.0.2.1', dev: 'eth1' }) }],
])('%s', async (outcome, result, bad) => {
  const found = await seen(bad);
  expect(found).toMatchObject({ outcome, result, facts: { address: client } });
  expect(found.used.toSorted()).toEqual(step.reads.toSorted());
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{[a-z-]+\}/);
  const [node] = Object.keys(bad);
  if (node) expect(found.facts).toMatchObject({ node, nodes: [node] });
});

it('by-uplink: a client on the network of the nodes is answered without a gateway', async () => {
  const direct = way({ dst: '10.0.0.10', dev: 'eth0' });
  const bad = { 'node-a': direct, 'node-b': direct, 'node-c': direct };
  expect(await seen(bad, { from: 'outside/ip/10.0.0.10' })).toMatchObject({ outcome: 'by-uplink' });
});

it('not-told: asks no node where nobody knows the client', async () => {
  expect(await seen({}, { from: 'outside' })).toMatchObject({ outcome: 'not-told' });
});

it('says which nodes it did not see, and cannot look where it saw none', async () => {
  const one = { changes: { 'node-a': 'unseen' } } as const;
  expect((await seen({}, one)).facts).toMatchObject({ unseen: ['node-a'] });
  const all = { changes: { 'node-a': 'unseen', 'node-b': 'unseen', 'node-c': 'unseen' } } as const;
  await expect(seen({}, all)).rejects.toThrow(CannotLook);
});
