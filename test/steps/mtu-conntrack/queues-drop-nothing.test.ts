import { expect, it } from 'vitest';
import step from '../../../src/steps/mtu-conntrack/queues-drop-nothing.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { toCart } from '../connectivity/shop.js';
import { looking } from '../look.js';
import { town } from './tables.js';

const look = looking(step, 'queues-drop-nothing');
const before = recorded('tc', 'qdisc-before');
const after = recorded('tc', 'qdisc-after');
/** The queue that dropped 394 packets of a Pod, as one of the card. */
const onCard = (text: string) => text.replaceAll('"dev":"veth1"', '"dev":"eth1"');

interface World {
  readonly tcp?: string;
  readonly limits?: Record<string, string>;
  readonly node?: (name: string, since: string) => string;
}
const seen = ({ tcp = 'timeout', limits, node = () => before }: World = {}) =>
  look(
    {
      ...town,
      pods: town.pods.map((pod) => ({
        ...pod,
        metadata: { ...pod.metadata, ...(limits ? { annotations: limits } : {}) },
      })),
    },
    {
      flow: toCart,
      answers: {
        pod: () => ran(recorded('nc-busybox', `connect-${tcp}`), { tool: 'nc' }),
        node: (_, { since }, name) => ran(node(name, String(since))),
      },
    },
  );
const rising = (change: (text: string) => string) => (name: string, since: string) =>
  change(name === 'node-b' && since === '2' ? after : before);
const sentences = ({ en, zh }: { en: string; zh: string }) => expect(`${en} ${zh}`).not.toMatch(/\{/);

it('calm: nothing is dropped', async () => {
  const found = await seen();
  expect(found).toMatchObject({ outcome: 'calm', facts: { nodes: ['node-a', 'node-b'] } });
  expect(found.used.toSorted()).toEqual(['nodes', 'pods', 'services']);
});

it('dropping: the queue of a card, while connects fail', async () => {
  const found = await seen({ node: rising(onCard) });
  expect(found).toMatchObject({
    outcome: 'dropping',
    result: 'fail',
    facts: { node: 'node-b', device: 'eth1', kind: 'tbf', dropped: 394 },
  });
  sentences(found);
});

it('dropping: the limit of a Pod of the flow', async () => {
  const found = await seen({ node: rising((text) => text), limits: { 'kubernetes.io/ingress-bandwidth': '1M' } });
  expect(found).toMatchObject({ outcome: 'dropping', facts: { device: 'veth1', rate: '1000 kbit/s' } });
  sentences(found);
});

it('raises no alarm for the limit of another Pod, nor for old drops', async () => {
  expect((await seen({ node: rising((text) => text) })).outcome).toBe('calm');
  expect((await seen({ node: () => onCard(after) })).outcome).toBe('calm');
});

it('dropping-unfelt: everything connects', async () => {
  const found = await seen({ tcp: 'open', node: rising(onCard) });
  expect(found).toMatchObject({ outcome: 'dropping-unfelt', result: 'warn' });
  sentences(found);
});

it('shaped: a limit that drops nothing now', async () => {
  const found = await seen({ node: () => before, limits: { 'kubernetes.io/egress-bandwidth': '1M' } });
  expect(found).toMatchObject({ outcome: 'shaped', result: 'warn' });
  sentences(found);
});

it('partly-seen: a node without tc that understands', async () => {
  const found = await seen({ node: (name) => (name === 'node-b' ? 'tc: not found' : before) });
  expect(found).toMatchObject({ outcome: 'partly-seen', facts: { unseen: 'node-b' } });
  sentences(found);
});
