import { expect, it } from 'vitest';
import step from '../../../src/steps/cni/replies-leave-where-packets-arrive.js';
import { looking } from '../look.js';
import { kernels, type Settings, type Ways } from './settings.js';
import { answers, cluster, toCart, towards, way } from './three-nodes.js';

const look = looking(step, 'replies-leave-where-packets-arrive');
const client = '10.244.1.2';
const cart = '10.244.2.5';
const seen = (ways: Ways = {}, settings: Settings = {}, changes: Parameters<typeof answers>[0] = {}) =>
  look(cluster(), { flow: toCart, answers: answers(changes, kernels(ways, settings)) });

/** By hand: the node of the server answers past the tunnel. */
const past: Ways = { 'node-c': { [client]: way({ dst: client, gateway: '10.0.0.12', dev: 'eth0' }) } };
const all = (value: string): Settings => ({ 'node-c': { 'net.ipv4.conf.all.rp_filter': value } });

it('same: the recorded ways of healthy nodes', async () => {
  const found = await seen();
  expect(found).toMatchObject({ outcome: 'same', facts: { nodes: ['node-b', 'node-c'] } });
  expect(found.used.toSorted()).toEqual(['nodes', 'pods']);
});

it('filtered: two ways and a strict filter, for all devices or for the one', async () => {
  const found = await seen(past, all('1'));
  expect(found).toMatchObject({
    outcome: 'filtered',
    facts: { node: 'node-c', address: client, device: 'flannel.1', back: 'eth0', filter: 1 },
  });
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
  expect((await seen(past, { 'node-c': { 'net.ipv4.conf.flannel/1.rp_filter': '1' } })).outcome).toBe('filtered');
});

it('asymmetric: two ways that the filter lets pass', async () => {
  expect(await seen(past)).toMatchObject({ outcome: 'asymmetric', result: 'warn', facts: { filter: 0 } });
  expect((await seen(past, all('2'))).outcome).toBe('asymmetric');
  const loose = { 'node-c': { 'net.ipv4.conf.all.rp_filter': '1', 'net.ipv4.conf.flannel/1.rp_filter': '2' } };
  expect((await seen(past, loose)).outcome).toBe('asymmetric');
});

it('raises no alarm for a strict filter alone, nor where both ways go past the tunnel', async () => {
  const strict = { 'net.ipv4.conf.all.rp_filter': '1' };
  expect((await seen({}, { 'node-b': strict, 'node-c': strict })).outcome).toBe('same');
  const direct: Ways = { ...past, 'node-b': { [cart]: way({ dst: cart, gateway: '10.0.0.13', dev: 'eth0' }) } };
  expect((await seen(direct, { 'node-b': strict, 'node-c': strict })).outcome).toBe('same');
});

it('one-node: nothing leaves it', async () => {
  const found = await look(cluster(), { flow: towards('near'), answers: answers({}, kernels()) });
  expect(found.outcome).toBe('one-node');
});

it('partly-seen: with one node the ways cannot be compared', async () => {
  expect(await seen(past, all('1'), { 'node-b': 'unseen' })).toMatchObject({
    outcome: 'partly-seen',
    facts: { unseen: 'node-b' },
  });
});
