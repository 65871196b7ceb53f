import { expect, it } from 'vitest';
import step from '../../../src/steps/cni/network-plugin-is-recognised.js';
import { looking } from '../look.js';
import { agentPod, calicoShop, canalMarks, ciliumMarks, ciliumShop, flannelShop } from './plugin-shop.js';
import { cluster, nodeObject, toCart } from './three-nodes.js';

const look = looking(step, 'network-plugin-is-recognised');
const seen = (objects: ReturnType<typeof calicoShop>) => look(objects, { flow: toCart });

it.each([
  ['calico', calicoShop()],
  ['cilium', ciliumShop()],
  ['other', flannelShop()],
])('%s, by the marks on the node', async (outcome, objects) => {
  const found = await seen(objects);
  expect(found.outcome).toBe(outcome);
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
  expect(found.used.toSorted()).toEqual(['nodes', 'pods']);
});

it('canal: both have signed, and the Pod of canal is there', async () => {
  const agents = ['node-a', 'node-b', 'node-c'].map((name) => agentPod(name, 'canal'));
  expect((await seen(calicoShop({ marks: canalMarks, agents }))).outcome).toBe('canal');
});

it('calico, where flannel left its marks and is gone', async () => {
  expect((await seen(calicoShop({ marks: canalMarks }))).outcome).toBe('calico');
});

it('cilium, chained behind a plugin that has signed as well', async () => {
  const marks = (name: 'node-a' | 'node-b' | 'node-c') => ({ ...ciliumMarks(name), ...canalMarks(name) });
  expect((await seen(ciliumShop({ marks }))).outcome).toBe('cilium');
});

it.each([
  ['cilium', 'CiliumIsUp'],
  ['calico', 'CalicoIsUp'],
  ['other', 'FlannelIsUp'],
])('%s, by the condition that it sets alone', async (outcome, reason) => {
  const nodes = (['node-a', 'node-b', 'node-c'] as const).map((name) => {
    const { status } = nodeObject(name);
    const up = { type: 'NetworkUnavailable', status: 'False', reason };
    return {
      ...nodeObject(name),
      metadata: { name },
      status: { ...status, conditions: [...(status?.conditions ?? []), up] },
    };
  });
  expect((await seen(cluster(nodes))).outcome).toBe(outcome);
});

it('unknown: nodes without any mark', async () => {
  const plain = (['node-a', 'node-b', 'node-c'] as const).map((name) => ({ ...nodeObject(name), metadata: { name } }));
  expect(await seen(cluster(plain))).toMatchObject({ outcome: 'unknown', result: 'unsure' });
});

it('asks for nothing more than the check of the agent does, where one plugin has signed alone', async () => {
  const found = await seen(flannelShop());
  expect(found.calls.filter((call) => 'verb' in call && call.verb === 'list').length).toBe(1);
});
