import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import { flowBetween, readEnd } from '../../../src/domain/ends.js';
import step from '../../../src/steps/connectivity/kubelet-answers-the-api-server.js';
import type { FakeAnswers } from '../../support/fake-world.js';
import { looking } from '../look.js';

const look = looking(step, 'kubelet-answers-the-api-server');
const node = (name: string) => ({ metadata: { name }, status: { conditions: [{ type: 'Ready', status: 'True' }] } });
const running = { running: { startedAt: '2026-11-21T08:00:00Z' } };
const pod = (name: string, nodeName: string, state: object = running) => ({
  metadata: { namespace: 'shop', name },
  spec: { nodeName, containers: [{ name: 'till' }] },
  status: { phase: 'Running', containerStatuses: [{ name: 'till', state }] },
});
const waiting = { waiting: { reason: 'ContainerCreating' } };
const objects = { nodes: [node('node-a'), node('node-c')], pods: [pod('till-a', 'node-a'), pod('cart', 'node-c')] };
const seen = (logs: NonNullable<FakeAnswers['logs']>, to = 'node/node-c', there: typeof objects = objects) =>
  look(there, { flow: flowBetween(readEnd('control-plane', 'shop'), readEnd(to, 'shop')), answers: { logs } });
const onlyCart = (error: () => CannotLook) =>
  seen(({ name }) => {
    if (name === 'cart') throw error();
    return 'served';
  });
const failing = (said: string) => () =>
  new CannotLook(
    'lost',
    `The API server got no answer: Get "https://10.0.0.13:10250/containerLogs/shop/cart": ${said}`,
  );

it('answers: a line of a log came', async () => {
  const found = await seen(() => 'served');
  expect(found).toMatchObject({ outcome: 'answers', result: 'pass', facts: { 'logged-pod': 'shop/cart' } });
  expect(found.used.toSorted()).toEqual(['nodes', 'pods', 'pods/log']);
});

it('asks for the node of a Pod as well', async () => {
  expect(await seen(() => 'served', 'pod/shop/cart')).toMatchObject({ outcome: 'answers', facts: { node: 'node-c' } });
});

it('times-out: the API server waits longer than this program does', async () => {
  const found = await onlyCart(() => new CannotLook('timeout', 'The API server did not answer within 10 seconds.'));
  expect(found).toMatchObject({ outcome: 'times-out', result: 'fail', facts: { answering: ['node-a'] } });
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{[a-z-]+\}/);
});

it.each([
  ['times-out', 'dial tcp 10.0.0.13:10250: i/o timeout'],
  ['refused', 'dial tcp 10.0.0.13:10250: connect: connection refused'],
  ['unreachable', 'dial tcp 10.0.0.13:10250: connect: no route to host'],
  ['not-resolved', 'dial tcp: lookup node-c on 10.0.0.2:53: no such host'],
  ['not-trusted', 'x509: certificate signed by unknown authority'],
  ['not-let-in', 'Forbidden (user=kube-apiserver, verb=get, resource=nodes, subresource=proxy)'],
])('%s: in the words of the API server', async (outcome, said) => {
  const found = await onlyCart(failing(said));
  expect(found).toMatchObject({ outcome, result: 'fail' });
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{[a-z-]+\}/);
});

it('no-pod: a container that waits is no reason to doubt the kubelet', async () => {
  const there = { ...objects, pods: [pod('till-a', 'node-a'), pod('cart', 'node-c', waiting)] };
  expect(await seen(() => 'never asked', 'node/node-c', there)).toMatchObject({ outcome: 'no-pod' });
});

it('no-node: the Pod has none yet', async () => {
  const there = { ...objects, pods: [pod('till-a', 'node-a'), pod('cart', '')] };
  expect(await seen(() => 'served', 'pod/shop/cart', there)).toMatchObject({ outcome: 'no-node', result: 'unsure' });
});

it('cannot look where logs may not be read, or the API server itself fails', async () => {
  const forbidden = new CannotLook('forbidden', 'The API server does not allow "get pods/log".');
  await expect(
    seen(() => {
      throw forbidden;
    }),
  ).rejects.toBe(forbidden);
});
