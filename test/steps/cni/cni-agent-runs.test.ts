import { expect, it } from 'vitest';
import step from '../../../src/steps/cni/cni-agent-runs.js';
import { looking } from '../look.js';
import { ago, crashed } from '../shop.js';
import { cluster, nodeObject, toCart } from './three-nodes.js';

const look = looking(step, 'cni-agent-runs');

const agent = (nodeName: string, { namespace = 'kube-flannel', status = {} } = {}) => ({
  metadata: { namespace, name: `kube-flannel-ds-${nodeName}`, labels: { app: 'flannel' } },
  spec: { nodeName, hostNetwork: true, containers: [{ name: 'kube-flannel' }] },
  status: {
    phase: 'Running',
    podIP: '10.0.0.12',
    podIPs: [{ ip: '10.0.0.12' }],
    conditions: [{ type: 'Ready', status: 'True' }],
    containerStatuses: [
      { name: 'kube-flannel', ready: true, restartCount: 0, state: { running: { startedAt: ago(3600) } } },
    ],
    ...status,
  },
});
type Agent = ReturnType<typeof agent>;

const seen = (agents: readonly Agent[], nodes?: Parameters<typeof cluster>[0]) => {
  const { pods, ...rest } = cluster(nodes);
  return look({ ...rest, pods: [...pods, ...agents] }, { flow: toCart });
};
const everywhere = ['node-a', 'node-b', 'node-c'].map((node) => agent(node));

it('runs: on every node of the flow', async () => {
  const found = await seen(everywhere);
  expect(found).toMatchObject({ outcome: 'runs', facts: { network: 'flannel' } });
  expect(found.used.toSorted()).toEqual(['nodes', 'pods']);
});

it('asks about a node beside the flow only where no node of the flow has an agent', async () => {
  const asked = async (agents: readonly Agent[]) => {
    const { facts, outcome } = await seen(agents);
    return [outcome, facts];
  };
  expect(await asked(everywhere)).toMatchObject(['runs', { nodes: ['node-b', 'node-c'] }]);
  expect(await asked([agent('node-a')])).toMatchObject(['missing', { node: 'node-b' }]);
});

it('runs where an older manifest put it', async () => {
  const found = await seen(everywhere.map(({ spec }) => agent(spec.nodeName, { namespace: 'kube-system' })));
  expect(found.outcome).toBe('runs');
});

it('not-running: it crashes on one node', async () => {
  const found = await seen([...everywhere.slice(0, 2), agent('node-c', { status: crashed })]);
  expect(found).toMatchObject({
    outcome: 'not-running',
    facts: { node: 'node-c', state: 'crashing CrashLoopBackOff OOMKilled 137 web' },
  });
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
});

it('missing: one node has none', async () => {
  expect(await seen(everywhere.slice(0, 2))).toMatchObject({ outcome: 'missing', facts: { node: 'node-c' } });
});

it('restarted: just now, and not an hour ago', async () => {
  const ended = (seconds: number) => ({
    containerStatuses: [
      {
        ...{ name: 'kube-flannel', ready: true, restartCount: 1, state: { running: { startedAt: ago(seconds) } } },
        lastState: { terminated: { exitCode: 1, finishedAt: ago(seconds) } },
      },
    ],
  });
  const with_ = (seconds: number) => [...everywhere.slice(0, 2), agent('node-c', { status: ended(seconds) })];
  expect(await seen(with_(120))).toMatchObject({ outcome: 'restarted', result: 'warn', facts: { seconds: 120 } });
  expect((await seen(with_(3600))).outcome).toBe('runs');
});

it('not-heard: a node that does not report says nothing against its agent', async () => {
  const conditions = [{ type: 'Ready', status: 'False' }];
  const silent = await seen([...everywhere.slice(0, 2), agent('node-c', { status: { conditions } })]);
  expect(silent).toMatchObject({ outcome: 'not-heard', result: 'unsure', facts: { node: 'node-c' } });
  expect(`${silent.en} ${silent.zh}`).not.toMatch(/\{/);
  const own = { name: 'kube-flannel', ready: false, restartCount: 0, state: { running: { startedAt: ago(3600) } } };
  const said = agent('node-c', { status: { conditions, containerStatuses: [own] } });
  expect((await seen([...everywhere.slice(0, 2), said])).outcome).toBe('not-running');
});

it('no-agent-pods: flannel that is part of another program accuses nobody', async () => {
  expect(await seen([])).toMatchObject({ outcome: 'no-agent-pods', result: 'unsure' });
});

it('unknown-network: nodes without any mark', async () => {
  const plain = (['node-a', 'node-b', 'node-c'] as const).map((name) => ({ ...nodeObject(name), metadata: { name } }));
  expect((await seen(everywhere, plain)).outcome).toBe('unknown-network');
});
