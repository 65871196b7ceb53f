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
  hop: 'whole',
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
    const [first, ...others] = seen.toSorted((a, b) => a.seconds - b.seconds);
    const last = others.at(-1);
    const names = { nodes: seen.map(({ node }) => node), unseen: unseen.map(({ node }) => node) };
    if (!first || !last) return { outcome: 'one-clock', facts: names };
    const apart = last.seconds - first.seconds;
    const facts = { ...names, slow: first.node, fast: last.node, apart };
    return { outcome: apart > bearable ? 'apart' : 'agree', facts };
  },
});
