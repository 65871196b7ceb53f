import { expect, it } from 'vitest';
import step from '../../../src/steps/cni/node-addresses-have-one-owner.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { answers, cluster, type NodeName, nodeObject, type Tables, tablesOf, toCart, way } from './three-nodes.js';

const look = looking(step, 'node-addresses-have-one-owner');
const names: readonly NodeName[] = ['node-a', 'node-b', 'node-c'];
const addresses = { 'node-a': '10.0.0.11', 'node-b': '10.0.0.12', 'node-c': '10.0.0.13' };
const cards = { 'node-a': '02:00:00:00:00:0a', 'node-b': '02:00:00:00:00:0b', 'node-c': '02:00:00:00:00:0c' };

/** Cards of their own, which the recordings of one node for all cannot show. */
const withCard =
  (mac: string) =>
  (all: Tables): Tables => ({
    ...all,
    'ip-links': all['ip-links'].map((row) => (row.ifname === 'eth0' ? { ...row, address: mac } : row)),
  });

/** A recorded answer with other hardware addresses. */
const answering = (...owners: string[]) => {
  const [one = '02:00:00:00:00:12', two = one] = owners;
  const text = recorded('arping', owners.length > 1 ? 'two' : owners.length > 0 ? 'one' : 'none');
  return ran(text.replaceAll('02:00:00:00:00:12', one).replaceAll('02:00:00:00:00:13', two), { exitCode: 1 });
};

interface World {
  readonly owners?: Partial<Record<NodeName, readonly string[]>>;
  readonly macs?: Partial<Record<NodeName, string>>;
  readonly routed?: boolean;
  readonly unseen?: NodeName;
  readonly machines?: Partial<Record<NodeName, string>>;
}
const seen = ({ owners = {}, macs = {}, routed = false, unseen, machines = {} }: World = {}) => {
  const own = (name: NodeName) => macs[name] ?? cards[name];
  const changes = Object.fromEntries(
    names.map((name) => [name, name === unseen ? ('unseen' as const) : withCard(own(name))]),
  );
  const objects = cluster(
    names.map((name) => {
      const node = nodeObject(name);
      return { ...node, status: { ...node.status, nodeInfo: { machineID: machines[name] ?? `machine-${name}` } } };
    }),
  );
  return look(objects, {
    flow: toCart,
    answers: answers(changes, (query, { address }) => {
      if (query === 'route-to')
        return routed ? way({ dst: address, gateway: '10.0.0.1', dev: 'eth0' }) : way({ dst: address, dev: 'eth0' });
      const other = names.find((name) => addresses[name] === address);
      return query === 'address-owners' && other ? answering(...(owners[other] ?? [own(other)])) : undefined;
    }),
  });
};
const stranger = '0e:aa:bb:cc:dd:ee';
const sentences = ({ en, zh }: { en: string; zh: string }) => expect(`${en} ${zh}`).not.toMatch(/\{/);

it('one-owner: everybody answers for himself', async () => {
  const found = await seen();
  expect(found).toMatchObject({ outcome: 'one-owner', result: 'pass' });
  expect(found.facts?.addresses).toEqual(['10.0.0.13', '10.0.0.11', '10.0.0.12']);
  expect(found.used.toSorted()).toEqual(['nodes', 'pods']);
});

it('stranger-answers: a machine outside of the cluster has the address, too', async () => {
  const found = await seen({ owners: { 'node-c': [cards['node-c'], stranger] } });
  expect(found).toMatchObject({
    outcome: 'stranger-answers',
    facts: { node: 'node-b', other: 'node-c', address: '10.0.0.13', owner: stranger, own: cards['node-c'] },
  });
  sentences(found);
});

it('several-nodes-answer: another node has the address, too', async () => {
  const found = await seen({ owners: { 'node-c': [cards['node-c'], cards['node-a']] } });
  expect(found).toMatchObject({ outcome: 'several-nodes-answer', facts: { 'owned-by': 'node-a' } });
  sentences(found);
});

it('answered-by-another: only a stranger answers, on a link where others answer for themselves', async () => {
  const found = await seen({ owners: { 'node-c': [stranger] } });
  expect(found).toMatchObject({ outcome: 'answered-by-another', facts: { owner: stranger, 'owned-by': '-' } });
  sentences(found);
});

it('same-hardware-address: a clone', async () => {
  const found = await seen({ macs: { 'node-c': cards['node-b'] } });
  expect(found).toMatchObject({ outcome: 'same-hardware-address', facts: { owner: cards['node-b'] } });
  sentences(found);
});

it('raises no alarm for clones that have addresses of their own', async () => {
  expect((await seen({ machines: { 'node-b': 'one', 'node-c': 'one' } })).outcome).toBe('one-owner');
});

it('same-machine-id: a clone, and nobody answers on the link', async () => {
  const silence = { 'node-a': [], 'node-b': [], 'node-c': [] };
  const found = await seen({ owners: silence, machines: { 'node-b': 'one', 'node-c': 'one' } });
  expect(found).toMatchObject({ outcome: 'same-machine-id', result: 'warn', facts: { nodes: ['node-b', 'node-c'] } });
  sentences(found);
});

it('raises no alarm where a switch answers for everybody', async () => {
  const all = { 'node-a': [stranger], 'node-b': [stranger], 'node-c': [stranger] };
  expect((await seen({ owners: all })).outcome).toBe('one-owner');
});

it('raises no alarm for a machine with two cards on the link', async () => {
  const second = String(tablesOf('node-c')['ip-links'].find((row) => row.ifname === 'cni0')?.address);
  expect((await seen({ owners: { 'node-c': [cards['node-c'], second] } })).outcome).toBe('one-owner');
});

it('not-told: nobody answers, or nobody knows who is meant', async () => {
  expect((await seen({ owners: { 'node-a': [], 'node-b': [], 'node-c': [] } })).outcome).toBe('not-told');
});

it('not-on-link: a router lies between', async () => {
  expect((await seen({ routed: true })).outcome).toBe('not-on-link');
});

it('two-answer: the node could not be asked which devices are its own', async () => {
  const found = await seen({ unseen: 'node-c', owners: { 'node-c': [cards['node-c'], stranger] } });
  expect(found).toMatchObject({ outcome: 'two-answer', result: 'warn', facts: { other: 'node-c' } });
  sentences(found);
});
