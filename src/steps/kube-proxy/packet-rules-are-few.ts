import { z } from 'zod';
import { flowNodeSchema, nodesOfFlow } from '../../domain/flow-nodes.js';
import { defineStep } from '../../domain/step.js';
import { countRules, judgeCount, ruleCountSchema } from '../../parse/rules/rule-count.js';
import { unseenSchema } from '../../queries/probes/each-node.js';
import { familyOf, startOf } from '../../queries/probes/first-packet.js';
import { nodeRules, ruleQueries } from '../../queries/probes/node-rules.js';
import { nodesOfEnds } from '../../queries/probes/nodes-of-ends.js';
import { sourceIsSeen } from '../../queries/probes/source-is-seen.js';

export default defineStep({
  stage: 'kube-proxy',
  level: 'node',
  cost: 1,
  reads: ['services', 'pods', 'nodes'],
  runs: [...ruleQueries],
  from: ['pod', 'node'],
  to: ['service', 'pod', 'node', 'ip'],
  evidence: z.object({
    seen: z.array(z.strictObject({ ...flowNodeSchema.shape, ...ruleCountSchema.shape })),
    unseen: z.array(unseenSchema),
  }),
  outcomes: { few: 'pass', many: 'warn', duplicated: 'warn', 'not-told': 'unsure' },

  async collect({ kube, node }, flow) {
    const [start, nodes] = await Promise.all([startOf(kube, flow.from), nodesOfFlow(kube, flow)]);
    if (!start) return { seen: [], unseen: [] };
    const family = familyOf(start.address);
    const looked = await nodesOfEnds(nodes, async (place) =>
      countRules((await nodeRules(node(place.node), family)).tables),
    );
    return sourceIsSeen(looked);
  },

  interpret({ seen }) {
    const ends = seen.filter(({ role }) => role !== 'peer');
    const worst = ends.find((one) => judgeCount(one) !== 'few') ?? ends[0];
    if (!worst) return { outcome: 'not-told' };
    const { node, rules, longest, chain, copies, copied } = worst;
    const others = seen.filter((one) => one !== worst).map((one) => `${one.node} ${one.rules}`);
    return { outcome: judgeCount(worst), facts: { node, rules, longest, chain, copies, copied, others } };
  },
});
