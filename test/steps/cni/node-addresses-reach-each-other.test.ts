import { expect, it } from 'vitest';
import step from '../../../src/steps/cni/node-addresses-reach-each-other.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { answers, cluster, type NodeName, toCart, towards } from './three-nodes.js';

const look = looking(step, 'node-addresses-reach-each-other');
const nc = (name: string) => ran(recorded('nc-busybox', `connect-${name}`), { tool: 'nc' });
const echoes = (name: string) => ran(recorded('ping-iputils', name), { tool: 'ping' });

type Said = { readonly tcp?: string; readonly icmp?: string };
const seen = (said: { readonly [N in NodeName]?: Said } = {}, flow = toCart, unseen: NodeName[] = []) =>
  look(cluster(), {
    flow,
    answers: answers(Object.fromEntries(unseen.map((name) => [name, 'unseen'])), (query, _, node) => {
      const { tcp = 'open', icmp = 'answers' } = said[node] ?? {};
      return query === 'tcp-connect' ? nc(tcp) : echoes(icmp);
    }),
  });

it('reach: both ways', async () => {
  const found = await seen();
  expect(found).toMatchObject({ outcome: 'reach', facts: { nodes: ['node-b', 'node-c'] } });
  expect(found.used.toSorted()).toEqual(['nodes', 'pods']);
});

it('reach: a refusal and a silent echo come from a node that is there', async () => {
  expect((await seen({ 'node-b': { tcp: 'refused', icmp: 'silent' } })).outcome).toBe('reach');
});

it('unreachable: in one direction or both', async () => {
  const found = await seen({ 'node-c': { tcp: 'timeout', icmp: 'silent' } });
  expect(found).toMatchObject({ outcome: 'unreachable', result: 'fail', facts: { node: 'node-c', other: 'node-b' } });
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
});

it('port-closed-off: the node is there, its kubelet is not for everybody', async () => {
  expect(await seen({ 'node-b': { tcp: 'timeout' } })).toMatchObject({ outcome: 'port-closed-off', result: 'warn' });
});

it('some-lost: connections that fail, or that had to ask twice', () => {
  const connect = (ms: readonly number[], failed = 0) => ({
    tool: 'nc',
    tries: [
      ...ms.map((one) => ({ class: 'open' as const, ms: one, message: '' })),
      ...Array.from({ length: failed }, () => ({ class: 'timeout' as const, message: '' })),
    ],
    ...{ open: ms.length, failed, of: ms.length + failed, unread: 0, classes: {} },
  });
  const judged = (tries: ReturnType<typeof connect>) =>
    step.interpret(
      {
        seen: [{ node: 'node-b', role: 'source', knocks: [{ other: 'node-c', address: '10.0.0.13', connect: tries }] }],
        unseen: [],
      },
      toCart as never,
    );
  expect(judged(connect([10, 1030, 20]))).toMatchObject({ outcome: 'some-lost', facts: { lost: 1, of: 3 } });
  expect(judged(connect([10, 20], 1)).outcome).toBe('some-lost');
  expect(judged(connect([10, 120, 400])).outcome).toBe('reach');
});

it('one-node: nothing to reach, and nothing is asked', async () => {
  const found = await seen({}, towards('near'));
  expect(found.outcome).toBe('one-node');
  expect(found.calls.some(({ port }) => port === 'node')).toBe(false);
});

it('asks from the node that lets anybody in', async () => {
  expect((await seen({}, toCart, ['node-c'])).outcome).toBe('reach');
});
