import { expect, it } from 'vitest';
import each from '../../../src/steps/connectivity/each-endpoint-answers.js';
import step from '../../../src/steps/connectivity/near-and-far-endpoints-answer.js';
import { connected, connects, far, look, near, sentences, shop, slice, toCart } from './shop.js';

const at = (node: string, name: string) => ({
  address: node === 'node-a' ? near : far,
  port: 8080,
  node,
  pod: '',
  connect: connected(name),
});
const tried = (first: string, second: string) => ({
  node: 'node-a',
  tried: [at('node-a', first), at('node-b', second)],
});

it.each([
  ['both-answer', tried('open', 'open')],
  ['far-fails', tried('open', 'timeout')],
  ['near-fails', tried('timeout', 'open')],
  ['both-fail', tried('refused', 'timeout')],
  ['no-pattern', { node: 'node-a', tried: [...tried('open', 'open').tried, at('node-c', 'timeout')] }],
  ['one-kind-only', { node: 'node-a', tried: [at('node-b', 'open')] }],
  ['one-kind-only', { node: '', tried: [] }],
])('%s', (outcome, evidence) => expect(sentences(step, 'near-and-far-endpoints-answer', evidence)).toBe(outcome));

it('names the nodes that fail', async () => {
  const { judged, used, ran } = await look(step, toCart, shop, connects({ [far]: 'timeout' }));
  expect(judged).toMatchObject({
    outcome: 'far-fails',
    facts: { node: 'node-a', nodes: ['node-b'], failing: [far], near: [near] },
  });
  expect(used.toSorted()).toEqual(step.reads.toSorted());
  expect(ran).toEqual(['tcp-connect']);
});

it('asks in the same words as the check of each endpoint', async () => {
  const probes = async (one: typeof step | typeof each) =>
    (await look(one, toCart, shop, connects())).calls.filter(({ port }) => port === 'pod');
  expect(await probes(step)).toEqual(await probes(each));
});

it('draws no contrast from an endpoint that names no node', async () => {
  const endpoints = [{ addresses: [near], nodeName: 'node-a' }, { addresses: ['192.0.2.9'] }];
  const answers = connects({ '192.0.2.9': 'timeout' });
  const { judged } = await look(step, toCart, { ...shop, endpointslices: [{ ...slice, endpoints }] }, answers);
  expect(judged.outcome).toBe('one-kind-only');
});
