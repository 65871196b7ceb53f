import { expect, it } from 'vitest';
import step from '../../../src/steps/cni/policy-rules-keep-pod-routes.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { answers, cluster, healthyWay, type NodeName, toCart, way } from './three-nodes.js';

const look = looking(step, 'policy-rules-keep-pod-routes');
type Bound = (address: string, node: NodeName) => ReturnType<typeof ran> | undefined;

const seen = (bound: Bound = () => undefined, changes: Parameters<typeof answers>[0] = {}, objects = cluster()) =>
  look(objects, {
    flow: toCart,
    answers: answers(changes, (query, { address }, node) => {
      if (query === 'route-from') return bound(String(address), node) ?? healthyWay(String(address), node);
      return query === 'route-to' ? healthyWay(String(address), node) : undefined;
    }),
  });

const client = '10.244.1.2';
const onNode =
  (wanted: NodeName, address: string, said: ReturnType<typeof ran>): Bound =>
  (asked, node) =>
    node === wanted && asked === address ? said : undefined;

it('kept: the same way from everywhere', async () => {
  const found = await seen();
  expect(found).toMatchObject({ outcome: 'kept', facts: { nodes: ['node-b', 'node-c'] } });
  expect(found.used.toSorted()).toEqual(['nodes', 'pods']);
});

it('kept: the answer that a real kernel gives with a source', async () => {
  const said = ran(recorded('ip', 'route-from-node'));
  expect((await seen(onNode('node-b', client, said))).outcome).toBe('kept');
});

it('cloud-setup-rules: the answer of a real kernel with the rules of nm-cloud-setup', async () => {
  const found = await seen(onNode('node-b', client, ran(recorded('ip', 'route-from-node-away'))));
  expect(found).toMatchObject({
    outcome: 'cloud-setup-rules',
    result: 'fail',
    facts: { node: 'node-b', table: '30400', found: 'via 10.0.0.1 dev eth0', wanted: 'dev cni0', address: client },
  });
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
});

it('captured: rules of somebody else lead the own Pods away', async () => {
  const away = way({ dst: client, gateway: '10.0.0.1', dev: 'eth1', table: '100' });
  const found = await seen(onNode('node-b', client, away));
  expect(found).toMatchObject({ outcome: 'captured', facts: { table: '100' } });
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
});

it('raises no alarm for a second card by which the Pods of other nodes are reached as well', async () => {
  const beside = way({ dst: '10.244.2.5', gateway: '10.0.0.13', dev: 'eth1', table: '2' });
  const found = await seen(onNode('node-b', '10.244.2.5', beside));
  expect(found).toMatchObject({ outcome: 'another-way', result: 'warn' });
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
});

it('partly-seen: the node of the server cannot be asked', async () => {
  expect(await seen(() => undefined, { 'node-c': 'unseen' })).toMatchObject({
    outcome: 'partly-seen',
    facts: { unseen: 'node-c' },
  });
});

it('no-pod: Pods in the network of their node have no way of their own', async () => {
  const objects = cluster();
  const pods = objects.pods.map((one) => ({ ...one, spec: { ...one.spec, hostNetwork: true } }));
  expect((await seen(() => undefined, {}, { ...objects, pods })).outcome).toBe('no-pod');
});
