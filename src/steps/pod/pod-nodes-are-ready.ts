import { z } from 'zod';
import { capped } from '../../domain/capped.js';
import { isDown, type NodeState, nodeStateSchema, nodeStates } from '../../domain/node-state.js';
import { isFinished } from '../../domain/pod-state.js';
import { podsBehind } from '../../domain/service-pods.js';
import { sourceNode } from '../../domain/source-node.js';
import { anyEnd, defineStep } from '../../domain/step.js';

const told = (nodes: readonly NodeState[]) => ({
  nodes: capped(nodes.map(({ name }) => name)),
  reason: nodes[0]?.reason ?? '',
  message: nodes[0]?.message ?? '',
  total: nodes.length,
});

export default defineStep({
  stage: 'pod',
  hop: 'node',
  level: 'observe',
  cost: 0,
  reads: ['pods', 'services', 'nodes'],
  runs: [],
  from: anyEnd,
  to: ['service', 'pod'],
  evidence: z.object({
    /** Empty when the source is on no Node of this cluster, or not placed yet. */
    source: z.string(),
    nodes: z.array(nodeStateSchema),
    unseen: z.array(z.string()),
  }),
  outcomes: {
    ready: 'pass',
    'source-node-not-ready': 'fail',
    'destination-node-not-ready': 'fail',
    'partly-seen': 'unsure',
    'none-placed': 'unsure',
  },

  async collect({ kube }, { from, to }) {
    const [source, { pods }] = await Promise.all([sourceNode(kube, from), podsBehind(kube, to)]);
    const isReady = (pod: (typeof pods)[number]) =>
      pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
    // The controller takes Ready away from the Pods of a lost Node, so their Nodes are worth the first looks.
    const placed = pods.filter((pod) => !isFinished(pod)).toSorted((a, b) => Number(isReady(a)) - Number(isReady(b)));
    return { source, ...(await nodeStates(kube, [source, ...placed.map(({ spec }) => spec?.nodeName ?? '')])) };
  },

  interpret({ source, nodes, unseen }) {
    const down = nodes.filter(isDown);
    const here = down.filter(({ name }) => name === source);
    if (here.length > 0) return { outcome: 'source-node-not-ready', facts: { ...told(here), node: source } };
    if (down.length > 0) return { outcome: 'destination-node-not-ready', facts: told(down) };
    if (unseen.length > 0) return { outcome: 'partly-seen', facts: { ...told(nodes), unseen: unseen.length } };
    return nodes.length > 0 ? { outcome: 'ready', facts: told(nodes) } : { outcome: 'none-placed' };
  },
});
