import { expect, it } from 'vitest';
import { flowBetween, readEnd } from '../../../src/domain/ends.js';
import step from '../../../src/steps/connectivity/kubelet-port-is-open.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';

const look = looking(step, 'kubelet-port-is-open');
const node = (name: string, address: string) => ({
  metadata: { name },
  status: {
    addresses: [{ type: 'InternalIP', address }],
    conditions: [{ type: 'Ready', status: 'True' }],
  },
});
const nodes = [node('node-a', '10.0.0.11'), node('node-c', '10.0.0.13')];
const open = 'try 1 exit=0 from=1.00 to=1.01 10.0.0.13 (10.0.0.13:10250) open\n';
const silent = 'try 1 exit=1 from=1.00 to=3.00 nc: timed out\n';
const refused = "try 1 exit=1 from=1.00 to=1.01 nc: can't connect to remote host (10.0.0.13): Connection refused\n";
const seen = (from: Record<string, string>, there = nodes, to = 'node/node-c') =>
  look(
    { nodes: there },
    {
      flow: flowBetween(readEnd('control-plane', 'shop'), readEnd(to, 'shop')),
      answers: { node: (_, args, name) => (args.port === 10250 ? ran(from[name] ?? '') : ran('')) },
    },
  );

it.each([
  ['open-to-nodes', 'pass', open, open],
  ['open-to-nodes', 'pass', open, silent],
  ['open-to-itself-only', 'fail', silent, open],
  ['open-to-itself-only', 'fail', refused, open],
  ['shut-to-all', 'fail', silent, silent],
  ['nobody-listens', 'fail', refused, refused],
])('%s', async (outcome, result, other, itself) => {
  const found = await seen({ 'node-a': other, 'node-c': itself });
  expect(found).toMatchObject({ outcome, result, facts: { address: '10.0.0.13', 'target-port': 10250 } });
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{[a-z-]+\}/);
});

it('not-tried: a cluster of one node has nobody to compare with', async () => {
  expect(await seen({ 'node-c': open }, nodes.slice(1))).toMatchObject({ outcome: 'not-tried', result: 'unsure' });
  expect(await seen({}, nodes, 'node/node-z')).toMatchObject({ outcome: 'not-tried' });
});
