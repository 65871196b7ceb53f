import { expect, it } from 'vitest';
import { flowBetween, readEnd } from '../../../src/domain/ends.js';
import step from '../../../src/steps/pod/destination-node-is-ready.js';
import { looking } from '../look.js';

const look = looking(step, 'destination-node-is-ready');
const node = (name: string, address: string, status: string) => ({
  metadata: { name },
  status: {
    addresses: [{ type: 'InternalIP', address }],
    conditions: [
      { type: 'Ready', status, reason: 'NodeStatusUnknown', message: 'Kubelet stopped posting node status.' },
    ],
  },
});
const nodes = [
  node('node-a', '10.0.0.11', 'True'),
  node('node-b', '10.0.0.12', 'Unknown'),
  node('node-c', '10.0.0.13', 'False'),
];
const seen = (to: string) =>
  look({ nodes }, { flow: flowBetween(readEnd('outside', 'shop'), readEnd(`node/${to}`, 'shop')) });

it.each([
  ['ready', 'node-a', 'node-a'],
  ['ready', '10.0.0.11', 'node-a'],
  ['not-ready', 'node-b', 'node-b'],
  ['not-ready', '10.0.0.13', 'node-c'],
])('%s: %s', async (outcome, to, name) => {
  const found = await seen(to);
  expect(found).toMatchObject({ outcome, facts: { node: name } });
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{[a-z-]+\}/);
  expect(found.used).toEqual(step.reads);
});

it.each(['node-z', '10.0.0.99'])('no-such-node: %s', async (to) => {
  expect(await seen(to)).toMatchObject({
    outcome: 'no-such-node',
    result: 'unsure',
    en: `The cluster has no node ${to}.`,
  });
});

it('raises no alarm for a node that is Ready and takes no new Pods', async () => {
  const cordoned = { ...node('node-a', '10.0.0.11', 'True'), spec: { unschedulable: true } };
  const flow = flowBetween(readEnd('outside', 'shop'), readEnd('node/node-a', 'shop'));
  expect((await look({ nodes: [cordoned] }, { flow })).outcome).toBe('ready');
});
