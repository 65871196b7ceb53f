import { expect, it } from 'vitest';
import step from '../../../src/steps/policy/policies-are-enforced.js';
import { agent, agents, bare, daemonSet, ends, looking, node, nodes, realm } from './realm.js';

const look = looking(step, 'policies-are-enforced');
const crashing = {
  phase: 'Running',
  containerStatuses: [{ name: 'a', restartCount: 4, state: { waiting: { reason: 'CrashLoopBackOff' } } }],
};

it('enforced: an agent runs on both nodes', async () => {
  const found = await look(realm([]));
  expect(found).toMatchObject({ outcome: 'enforced', facts: { engine: 'kube-router', nodes: ['node-a', 'node-b'] } });
  expect(found.used.toSorted()).toEqual(step.reads.toSorted());
});

it('agent-down: its rules stay, and nothing new is heard of', async () => {
  const down = await look(
    realm([], { pods: [...ends, agent('kube-router', 'node-a'), agent('kube-router', 'node-b', crashing)] }),
  );
  expect(down).toMatchObject({
    outcome: 'agent-down',
    result: 'fail',
    facts: { node: 'node-b', 'agent-pod': 'kube-router-node-b' },
  });
});

it('agent-missing: a node of the flow has no agent', async () => {
  const found = await look(realm([], { pods: [...ends, agent('kube-router', 'node-a')] }));
  expect(found).toMatchObject({ outcome: 'agent-missing', facts: { node: 'node-b' } });
});

it('nobody: flannel alone', async () => {
  expect(await look(realm([], bare))).toMatchObject({
    outcome: 'nobody',
    result: 'pass',
    facts: { network: 'flannel' },
  });
  const off = daemonSet('kube-router', { name: 'kube-router', args: ['--run-firewall=false'] });
  expect((await look(realm([], { ...bare, daemonsets: [off] }))).outcome).toBe('nobody');
});

it.each([
  ['a program whose name speaks of policies', { daemonsets: [daemonSet('guard', { name: 'policy-guard' })] }],
  ['the agent of Amazon, switched off', { daemonsets: [daemonSet('aws-node', { name: 'aws-node' })] }],
  ['an enforcer within the kubelet', { nodes: [node('node-a', '10.0.0.11', 'v1.34.2+k3s1'), ...nodes.slice(1)] }],
  [
    'a network without a mark',
    { nodes: nodes.map(({ metadata, ...rest }) => ({ ...rest, metadata: { name: metadata.name } })) },
  ],
])('unknown-engine: %s', async (_, more) => {
  expect((await look(realm([], { ...bare, ...more }))).outcome).toBe('unknown-engine');
});

it.each([
  ['calico', { name: 'calico-node' }],
  ['cilium', { name: 'cilium-agent' }],
  ['antrea', { name: 'antrea-agent' }],
  ['weave-npc', { name: 'weave-npc' }],
  ['azure-npm', { name: 'azure-npm' }],
  ['kube-network-policies', { name: 'netpol', image: 'registry.k8s.io/networking/kube-network-policies:v1' }],
  ['aws-network-policy-agent', { name: 'aws-eks-nodeagent', args: ['--enable-network-policy=true'] }],
])('knows %s by its container', async (engine, container) => {
  const found = await look(
    realm([], { daemonsets: [daemonSet('kube-router', container)], pods: [...ends, ...agents] }),
  );
  expect(found).toMatchObject({ outcome: 'enforced', facts: { engine } });
});
