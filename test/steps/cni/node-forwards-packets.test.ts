import { expect, it } from 'vitest';
import step from '../../../src/steps/cni/node-forwards-packets.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { kernels, type Settings } from './settings.js';
import { answers, cluster, toCart, towards } from './three-nodes.js';

const look = looking(step, 'node-forwards-packets');
const seen = (settings: Settings = {}, more: { flow?: typeof toCart; changes?: Parameters<typeof answers>[0] } = {}) =>
  look(cluster(), { flow: more.flow ?? toCart, answers: answers(more.changes, kernels({}, settings)) });
const off = { 'net.ipv4.ip_forward': '0' };

it('forwards: the recorded settings of a healthy node', async () => {
  const found = await seen();
  expect(found).toMatchObject({ outcome: 'forwards', facts: { nodes: ['node-b', 'node-c', 'node-a'] } });
  expect(found.used.toSorted()).toEqual(['nodes', 'pods']);
});

it.each(['node-b', 'node-c'] as const)('switched-off on %s', async (node) => {
  const found = await seen({ [node]: off });
  expect(found).toMatchObject({
    outcome: 'switched-off',
    result: 'fail',
    facts: { node, setting: 'net.ipv4.ip_forward' },
  });
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
});

it('off-on-a-device: by which the packets of the flow come', async () => {
  expect(await seen({ 'node-c': { 'net.ipv4.conf.flannel/1.forwarding': '0' } })).toMatchObject({
    outcome: 'off-on-a-device',
    facts: { node: 'node-c', setting: 'net.ipv4.conf.flannel.1.forwarding' },
  });
  expect((await seen({ 'node-c': { 'net.ipv4.conf.eth0.forwarding': '0' } })).outcome).toBe('forwards');
});

it('off-elsewhere: where the flow needs no forwarding', async () => {
  expect((await seen({ 'node-a': off })).outcome).toBe('off-elsewhere');
  expect(await seen({ 'node-b': off }, { flow: towards('near') })).toMatchObject({
    outcome: 'off-elsewhere',
    result: 'warn',
  });
});

it('asks nothing of the node of a source that has the network of its node', async () => {
  const flow = { ...toCart, from: { kind: 'node', name: 'node-b' } } as const;
  expect((await seen({ 'node-b': off }, { flow })).outcome).not.toBe('switched-off');
});

it('partly-seen: a node that cannot be entered, or that has no sysctl', async () => {
  expect(await seen({}, { changes: { 'node-c': 'unseen' } })).toMatchObject({
    outcome: 'partly-seen',
    facts: { unseen: 'node-c' },
  });
  const mute = answers({}, (query, args, node) =>
    query === 'kernel-settings' && node === 'node-c' ? ran('') : kernels()(query, args, node),
  );
  expect(await look(cluster(), { flow: toCart, answers: mute })).toMatchObject({
    outcome: 'partly-seen',
    facts: { unseen: 'node-c' },
  });
});

it('needs forwarding for what leaves the node of the Pod, and for nothing that ends on it', async () => {
  const to = (kind: 'ip' | 'node', name: string) =>
    kind === 'ip'
      ? ({ ...toCart, to: { kind, address: name } } as const)
      : ({ ...toCart, to: { kind, name } } as const);
  expect((await seen({ 'node-b': off }, { flow: to('ip', '198.51.100.7') })).outcome).toBe('switched-off');
  expect((await seen({ 'node-b': off }, { flow: to('node', 'node-c') })).outcome).toBe('switched-off');
  expect((await seen({ 'node-b': off }, { flow: to('node', 'node-b') })).outcome).toBe('off-elsewhere');
  expect(
    (await seen({ 'node-b': off }, { flow: to('node', '10.0.0.12'), changes: { ['10.0.0.12' as 'node-c']: 'unseen' } }))
      .outcome,
  ).toBe('off-elsewhere');
});
