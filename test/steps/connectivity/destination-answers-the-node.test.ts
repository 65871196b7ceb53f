import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import { flowBetween, readEnd } from '../../../src/domain/ends.js';
import step from '../../../src/steps/connectivity/destination-answers-the-node.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';

const look = looking(step, 'destination-answers-the-node');
const node = (name: string, address: string) => ({
  metadata: { name },
  status: { addresses: [{ type: 'InternalIP', address }], conditions: [{ type: 'Ready', status: 'True' }] },
});
const client = {
  metadata: { namespace: 'shop', name: 'client' },
  spec: { nodeName: 'node-a' },
  status: { podIP: '10.244.1.9' },
};
const all = { nodes: [node('node-a', '10.0.0.11'), node('node-b', '10.0.0.12')], pods: [client] };

interface Seen {
  readonly own?: string;
  readonly peer?: string | undefined;
  readonly from?: string;
  readonly to?: string;
  readonly objects?: Parameters<typeof look>[0];
}
const seen = ({
  own = 'open',
  peer = 'open',
  from = 'pod/shop/client',
  to = 'ip/198.51.100.7:80',
  objects = all,
}: Seen) =>
  look(objects, {
    flow: flowBetween(readEnd(from, 'shop'), readEnd(to, 'shop')),
    answers: {
      node: (query, _, name) => {
        if (query !== 'tcp-connect') throw new Error(`the test expects no ${query}`);
        return ran(recorded('nc-busybox', `connect-${name === 'node-a' ? own : peer}`), { tool: 'nc' });
      },
    },
  });
const alone = { ...all, nodes: all.nodes.slice(0, 1) };

it.each<[string, Seen]>([
  ['answers', { from: 'node/node-a' }],
  ['answers-late', { from: 'node/node-a', own: 'late' }],
  ['answers-the-node-only', {}],
  ['answers-the-node-only', { own: 'late' }],
  ['refused', { own: 'refused', peer: 'refused' }],
  ['answers-a-peer-only', { own: 'timeout' }],
  ['answers-no-node', { own: 'timeout', peer: 'timeout' }],
  ['silent', { own: 'no-route', objects: alone }],
  ['not-tried', { to: 'ip/198.51.100.7:80/udp' }],
  ['not-tried', { to: 'ip/198.51.100.7' }],
])('%s', async (outcome, change) => {
  const found = await seen(change);
  expect(found.outcome).toBe(outcome);
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{[a-z-]+\}/);
});

it('some-fail: a part of the tries', async () => {
  const { evidence } = (await seen({ own: 'open' })) as { evidence: { seen: { connect: object }[] } };
  const [own] = evidence.seen;
  const half = { ...evidence, seen: [{ ...own, connect: { ...own?.connect, open: 1, failed: 2, of: 3 } }] };
  const flow = flowBetween(readEnd('node/node-a', 'shop'), readEnd('ip/198.51.100.7:80', 'shop'));
  expect(step.interpret(step.evidence.parse(half), flow as Parameters<typeof step.interpret>[1]).outcome).toBe(
    'some-fail',
  );
});

it('tries the kubelet of a node that no port was given for', async () => {
  const found = await seen({ from: 'node/node-a', to: 'node/node-b' });
  expect(found).toMatchObject({ outcome: 'answers', facts: { address: '10.0.0.12', 'far-port': 10250 } });
});

it('asks no destination whether it reaches itself', async () => {
  const found = await seen({ own: 'timeout', from: 'node/node-a', to: 'node/10.0.0.12' });
  expect(found).toMatchObject({ outcome: 'silent', facts: { reaching: [] } });
});

it('tries a host outside by its name', async () => {
  expect(await seen({ to: 'host/payments.example:443' })).toMatchObject({
    outcome: 'answers-the-node-only',
    facts: { address: 'payments.example' },
  });
});

it('needs no API between two nodes that are given by address', async () => {
  const flow = flowBetween(readEnd('node/10.0.0.11', 'shop'), readEnd('node/10.0.0.12:22', 'shop'));
  const answers = {
    deny: ['nodes', 'pods', 'services'] as const,
    node: () => ran(recorded('nc-busybox', 'connect-open'), { tool: 'nc' }),
  };
  expect(await look({}, { flow, answers })).toMatchObject({
    outcome: 'answers',
    facts: { node: '10.0.0.11', 'far-port': 22 },
  });
});

it('cannot look where the own node is shut, whatever a peer reaches', async () => {
  const flow = flowBetween(readEnd('pod/shop/client', 'shop'), readEnd('ip/198.51.100.7:80', 'shop'));
  const shut = (_: string, __: unknown, name: string) => {
    if (name === 'node-a') throw new CannotLook('lost', 'SSH: refused');
    return ran(recorded('nc-busybox', 'connect-open'), { tool: 'nc' });
  };
  await expect(look(all, { flow, answers: { node: shut } })).rejects.toThrow('SSH: refused');
});
