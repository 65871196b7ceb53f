import { z } from 'zod';
import { flowNodeSchema, nodesOfFlow } from '../../domain/flow-nodes.js';
import { defineStep } from '../../domain/step.js';
import { kernelSettings } from '../../queries/kernel/kernel-settings.js';
import { eachNode, unseenSchema } from '../../queries/probes/each-node.js';

export default defineStep({
  stage: 'connectivity',
  level: 'node',
  cost: 1,
  reads: ['services', 'pods', 'nodes'],
  runs: [kernelSettings],
  from: ['pod', 'node'],
  to: ['service', 'pod', 'node'],
  evidence: z.object({
    seen: z.array(z.strictObject({ ...flowNodeSchema.shape, kernel: z.string() })),
    unseen: z.array(unseenSchema),
  }),
  outcomes: { all: 'pass', 'not-all': 'unsure', 'no-node': 'unsure' },

  async collect({ kube, node }, flow) {
    return await eachNode(await nodesOfFlow(kube, flow), async (place) => {
      const { values } = await node(place.node).run(kernelSettings, { names: ['kernel.osrelease'] });
      return { kernel: values['kernel.osrelease'] ?? '' };
    });
  },

  interpret({ seen, unseen }) {
    const facts = {
      nodes: seen.map(({ node }) => node),
      unseen: unseen.map(({ node }) => node),
      why: unseen[0]?.why ?? '',
    };
    if (seen.length === 0) return { outcome: 'no-node', facts };
    return { outcome: unseen.length === 0 ? 'all' : 'not-all', facts };
  },
});
