import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import step from '../../../src/steps/policy/own-node-reaches-its-pods.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { agents, ends, looking, pod, realm, toCart } from './realm.js';

const look = looking(step, 'own-node-reaches-its-pods');
const answers = (connect: Record<string, string>) => ({
  node: (_: string, __: object, name: string) => {
    const word = connect[name];
    if (word === undefined) throw new CannotLook('lost', 'no way in');
    return ran(recorded('nc-busybox', `connect-${word}`), { tool: 'nc' });
  },
});
const second = pod('cart-2', '10.244.1.8', { labels: { app: 'cart' }, spec: { nodeName: 'node-a' } });
const two = realm([], { pods: [...ends, second, ...agents] });

it('reaches: asks the node of each Pod', async () => {
  const found = await look(realm([]), { answers: answers({ 'node-b': 'open' }) });
  expect(found).toMatchObject({
    outcome: 'reaches',
    facts: { node: 'node-b', address: '10.244.2.7', 'target-port': 8080 },
  });
  expect(found.used.toSorted()).toEqual(step.reads.toSorted());
});

it.each(['refused', 'timeout'])('cut-off: %s', async (word) => {
  const found = await look(two, { answers: answers({ 'node-a': 'open', 'node-b': word }) });
  expect(found).toMatchObject({
    outcome: 'cut-off',
    result: 'fail',
    facts: { 'near-pod': 'shop/cart', node: 'node-b' },
  });
});

it('partly-seen: a node that cannot be read says nothing', async () => {
  expect((await look(two, { answers: answers({ 'node-b': 'open' }) })).outcome).toBe('partly-seen');
  await expect(look(realm([]), { answers: answers({}) })).rejects.toThrow(CannotLook);
});

it('not-tried: UDP, or no Pod', async () => {
  expect((await look(two, { flow: { ...toCart, protocol: 'UDP' } })).outcome).toBe('not-tried');
  expect((await look(realm([], { pods: ends.slice(0, 1) }))).outcome).toBe('not-tried');
});
