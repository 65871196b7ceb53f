import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { flowNodeSchema, nodesOfFlow } from '../../domain/flow-nodes.js';
import { defineStep } from '../../domain/step.js';
import { nodeClock } from '../../queries/kernel/node-clock.js';
import { eachNode, unseenSchema } from '../../queries/probes/each-node.js';

// The answers of several nodes are as far apart as the ways to them; certificates and tokens bear more.
const bearable = 30;

export default defineStep({
  stage: 'mtu-conntrack',
  level: 'node',
  cost: 1,
  reads: ['services', 'pods', 'nodes'],
  runs: [nodeClock],
  from: ['pod', 'node'],
  to: ['service', 'pod', 'ip'],
  evidence: z.strictObject({
    seen: z.array(z.strictObject({ ...flowNodeSchema.shape, seconds: z.int() })),
    unseen: z.array(unseenSchema),
  }),
  outcomes: { agree: 'pass', apart: 'warn', 'one-clock': 'unsure' },

  async collect({ kube, node }, flow) {
    return await eachNode(await nodesOfFlow(kube, flow), async (place) => {
      const seconds = await node(place.node).run(nodeClock, {});
      if (seconds === undefined) throw new CannotLook('tool-missing', 'The clock of the node could not be read.');
      return { seconds };
    });
  },

  interpret({ seen, unseen }) {
    const sorted = seen.toSorted((a, b) => a.seconds - b.seconds);
    const [first, last] = [sorted[0], sorted.at(-1)];
    const apart = (last?.seconds ?? 0) - (first?.seconds ?? 0);
    const facts = {
      ...{ slow: first?.node ?? '', fast: last?.node ?? '', apart, unseen: unseen.map(({ node }) => node) },
      nodes: seen.map(({ node }) => node),
    };
    if (seen.length < 2) return { outcome: 'one-clock', facts };
    return { outcome: apart > bearable ? 'apart' : 'agree', facts };
  },
});
