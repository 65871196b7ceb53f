import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import { flowBetween, readEnd } from '../../../src/domain/ends.js';
import step from '../../../src/steps/connectivity/nodes-can-be-read.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';

const pod = (name: string, nodeName: string) => ({
  metadata: { namespace: 'shop', name, labels: { app: 'cart' } },
  spec: { nodeName },
});
const shop = { pods: [pod('client', 'node-a'), pod('cart-1', 'node-b')], nodes: [] };
const flow = flowBetween(readEnd('pod/shop/client', 'shop'), readEnd('pod/shop/cart-1', 'shop'));
const look = looking(step, 'nodes-can-be-read');
const kernel = (_: string, __: unknown, node: string) => {
  if (node === 'node-b') throw new CannotLook('lost', 'SSH: root@node-b refused the connection.');
  return ran('kernel.osrelease = 6.18.44\n');
};

it('all: every node of the flow answers', async () => {
  const found = await look(shop, { flow, answers: { node: () => ran('kernel.osrelease = 6.18.44\n') } });
  expect(found).toMatchObject({
    outcome: 'all',
    facts: { nodes: ['node-a', 'node-b'] },
    en: 'Nodes node-a, node-b can be read.',
  });
  expect(found.used.toSorted()).toEqual(['nodes', 'pods']);
});

it('not-all: says which node is shut, and why', async () => {
  const found = await look(shop, { flow, answers: { node: kernel } });
  expect(found).toMatchObject({
    outcome: 'not-all',
    result: 'unsure',
    facts: { nodes: ['node-a'], unseen: ['node-b'] },
  });
  expect(found.en).toContain('refused the connection');
});

it('could not look where every node is shut', async () => {
  const shut = () => {
    throw new CannotLook('forbidden', 'nobody is let in');
  };
  await expect(look(shop, { flow, answers: { node: shut } })).rejects.toThrow('nobody is let in');
});

it('no-node: a Pod that is on no node has nothing to be read', async () => {
  const nowhere = { pods: [pod('client', ''), pod('cart-1', '')] };
  expect((await look(nowhere, { flow })).outcome).toBe('no-node');
});
