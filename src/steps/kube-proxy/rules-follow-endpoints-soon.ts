import { z } from 'zod';
import { flowNodeSchema, nodesOfFlow } from '../../domain/flow-nodes.js';
import { defineStep } from '../../domain/step.js';
import { type Latency, latencySchema } from '../../parse/rules/proxy-latency.js';
import { unseenSchema } from '../../queries/probes/each-node.js';
import { nodesOfEnds } from '../../queries/probes/nodes-of-ends.js';
import { sourceIsSeen } from '../../queries/probes/source-is-seen.js';
import { kubeProxyLatency } from '../../queries/rules/kube-proxy-latency.js';

const evidenceSchema = z.object({
  seen: z.array(z.strictObject({ ...flowNodeSchema.shape, latency: latencySchema.optional() })),
  unseen: z.array(unseenSchema),
});

// Of fewer changes, one slow one is more than a hundredth.
const enough = 100;
// What a Pod usually has between the moment it leaves and its end: terminationGracePeriodSeconds is 30.
const late = 10;

const judge = (latency: Latency | undefined) => {
  if (!latency) return 'not-told';
  if (latency.changes < enough) return 'few-changes';
  return latency.within !== undefined && latency.within <= late ? 'soon' : 'slow';
};

const words = ({ scale, within }: Latency) => (within === undefined ? `${scale}+` : String(within));

export default defineStep({
  stage: 'kube-proxy',
  level: 'node',
  cost: 1,
  reads: ['services', 'pods', 'nodes'],
  runs: [kubeProxyLatency],
  from: ['pod', 'node'],
  to: ['service', 'node', 'ip'],
  evidence: evidenceSchema,
  outcomes: { soon: 'pass', slow: 'warn', 'few-changes': 'unsure', 'not-told': 'unsure' },

  async collect({ kube, node }, flow) {
    const looked = await nodesOfEnds(await nodesOfFlow(kube, flow), async (place) => {
      const latency = await node(place.node).run(kubeProxyLatency, {});
      return latency ? { latency } : {};
    });
    return sourceIsSeen(looked);
  },

  interpret({ seen }, { to }) {
    const here = seen.find(({ role }) => role === (to.kind === 'node' ? 'destination' : 'source')) ?? seen[0];
    const others = seen.flatMap(({ node, latency }) =>
      node !== here?.node && latency ? [`${node} ${words(latency)}`] : [],
    );
    const facts = {
      node: here?.node ?? '',
      changes: here?.latency?.changes ?? 0,
      slowest: here?.latency ? words(here.latency) : '',
      others,
    };
    return { outcome: judge(here?.latency), facts };
  },
});
