import { expect, it } from 'vitest';
import step from '../../../src/steps/cni/packet-hooks-are-known.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { answers, cluster, healthyWay, type NodeName, toCart } from './three-nodes.js';

const look = looking(step, 'packet-hooks-are-known');
const all = recorded('bpftool', 'hooks');
/** The recording without its programs, or with the one of a network plugin in the place of all. */
const bare = all.replaceAll(/^.*(id 97|id 98|id 99|"xdp":).*$/gm, '');
const plugins = all.replaceAll(/edr_sensor_in|packet_guard/g, 'cil_from_netdev').replaceAll('cil:[*fsobj]', '');

const seen = (says: Partial<Record<NodeName, string>> = {}, changes: Parameters<typeof answers>[0] = {}) =>
  look(cluster(), {
    flow: toCart,
    answers: answers(changes, (query, { address }, node) => {
      if (query === 'route-to') return healthyWay(String(address), node);
      return query === 'packet-hooks' ? ran(says[node] ?? bare) : undefined;
    }),
  });
const sentences = ({ en, zh }: { en: string; zh: string }) => expect(`${en} ${zh}`).not.toMatch(/\{/);

it('none: nothing on the devices that the flow passes', async () => {
  const found = await seen();
  expect(found).toMatchObject({ outcome: 'none', result: 'pass' });
  expect(String(found.facts?.devices)).toContain('flannel.1');
  expect(String(found.facts?.devices)).toContain('cni0');
  expect(found.used.toSorted()).toEqual(['nodes', 'pods']);
  sentences(found);
});

it('foreign: a sensor and an early program on the uplink of the server', async () => {
  const found = await seen({ 'node-c': all });
  expect(found).toMatchObject({
    outcome: 'foreign',
    result: 'warn',
    facts: { node: 'node-c', device: 'eth0', program: 'edr_sensor_in' },
  });
  expect(found.facts?.programs).toEqual(['node-c eth0 ingress edr_sensor_in', 'node-c eth0 xdp packet_guard']);
  sentences(found);
});

it('raises no alarm for the programs of a network plugin: known', async () => {
  const found = await seen({ 'node-b': plugins, 'node-c': plugins });
  expect(found).toMatchObject({ outcome: 'known', result: 'pass' });
  sentences(found);
});

it('partly-seen: one node shows nothing', async () => {
  const found = await seen({}, { 'node-c': 'unseen' });
  expect(found).toMatchObject({ outcome: 'partly-seen', facts: { unseen: 'node-c' } });
  expect((await seen({ 'node-c': '' })).outcome).toBe('partly-seen');
});
