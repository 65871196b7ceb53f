import { expect, it } from 'vitest';
import step from '../../../src/steps/connectivity/each-endpoint-answers.js';
import { connected, connects, far, look, near, sentences, shop, slice, toCart } from './shop.js';

const tried = (first: string, second: string) => ({
  total: 2,
  tried: [
    { address: near, port: 8080, node: 'node-a', pod: '', connect: connected(first) },
    { address: far, port: 8080, node: 'node-b', pod: '', connect: connected(second) },
  ],
});

it.each([
  ['all-answer', tried('open', 'open')],
  ['some-late', tried('open', 'late')],
  ['some-fail', tried('late', 'timeout')],
  ['some-fail', tried('open', 'timeout')],
  ['all-refused', tried('refused', 'refused')],
  ['all-time-out', tried('timeout', 'timeout')],
  ['all-fail', tried('refused', 'timeout')],
  ['all-fail', tried('no-route', 'no-route')],
  ['none-to-try', { total: 0, tried: [] }],
])('%s', (outcome, evidence) => expect(sentences(step, 'each-endpoint-answers', evidence)).toBe(outcome));

it('names the endpoint that fails, and its node', async () => {
  const { judged, used, ran } = await look(step, toCart, shop, connects({ [far]: 'timeout' }));
  expect(judged).toMatchObject({
    outcome: 'some-fail',
    facts: { failing: [far], answering: [near], nodes: ['node-b'], classes: { timeout: 2 }, 'target-port': 8080 },
  });
  expect(used.toSorted()).toEqual(step.reads.toSorted());
  expect(ran).toEqual(['tcp-connect']);
});

it('names the endpoint that answers late, and its node', async () => {
  const { judged } = await look(step, toCart, shop, connects({ [far]: 'late' }));
  expect(judged).toMatchObject({
    outcome: 'some-late',
    facts: { 'late-ones': [far], nodes: ['node-b'], answering: [near, far], failing: [] },
  });
});

it('takes ten of many, and of every node one', async () => {
  const at = (node: string, count: number) =>
    Array.from({ length: count }, (_, i) => ({ addresses: [`10.244.${node}.${i + 1}`], nodeName: `node-${node}` }));
  const endpoints = [...at('1', 30), ...at('2', 1), ...at('3', 1)];
  const { judged } = await look(step, toCart, { ...shop, endpointslices: [{ ...slice, endpoints }] }, connects());
  expect(judged.facts).toMatchObject({ of: 10, total: 32 });
  expect(judged.facts?.answering).toEqual(expect.arrayContaining(['10.244.1.1', '10.244.2.1', '10.244.3.1']));
});

it('asks only the first family of a dual-stack Service, and nobody who is not ready', async () => {
  const six = {
    ...slice,
    metadata: { ...slice.metadata, name: 'cart-6' },
    addressType: 'IPv6',
    endpoints: [{ addresses: ['fd77::7'] }],
  };
  const unready = { addresses: ['10.244.3.7'], nodeName: 'node-c', conditions: { ready: false } };
  const four = { ...slice, endpoints: [...slice.endpoints, unready] };
  const { judged } = await look(step, toCart, { ...shop, endpointslices: [four, six] }, connects());
  expect(judged).toMatchObject({ outcome: 'all-answer', facts: { answering: [near, far] } });
});
