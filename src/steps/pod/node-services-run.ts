import { z } from 'zod';
import { flowNodeSchema, nodesOfFlow } from '../../domain/flow-nodes.js';
import { nameOf } from '../../domain/name-of.js';
import { isDown, nodeState } from '../../domain/node-state.js';
import { anyEnd, defineStep } from '../../domain/step.js';
import { kubeletJournal } from '../../queries/node/kubelet-journal.js';
import { nodePrograms } from '../../queries/node/node-programs.js';
import { serviceUnits } from '../../queries/node/service-units.js';
import { eachNode, unseenSchema } from '../../queries/probes/each-node.js';
import { nodeMeant } from '../../queries/probes/node-meant.js';
import { nodeServices, nodeServicesSchema } from '../../queries/probes/node-services.js';
import { serviceTrouble, troubles } from '../../queries/probes/service-trouble.js';

const seenSchema = z.strictObject({ ...flowNodeSchema.shape, ...nodeServicesSchema.shape });
type Seen = z.infer<typeof seenSchema>;

const fails = Object.fromEntries(troubles.map((word) => [word, 'fail'])) as Record<(typeof troubles)[number], 'fail'>;

const judged = (seen: readonly Seen[]) => {
  const all = seen.map((one) => ({ node: one.node, ...serviceTrouble(one) }));
  const rank = ({ word }: (typeof all)[number]) => {
    const at = (troubles as readonly string[]).indexOf(word);
    return at < 0 ? troubles.length + (word === 'not-told' ? 0 : 1) : at;
  };
  return all.toSorted((a, b) => rank(a) - rank(b))[0];
};

export default defineStep({
  stage: 'pod',
  level: 'node',
  cost: 1,
  reads: ['pods', 'services', 'nodes'],
  runs: [serviceUnits, nodePrograms, kubeletJournal],
  from: anyEnd,
  to: ['service', 'pod', 'node'],
  evidence: z.object({ seen: z.array(seenSchema), unseen: z.array(unseenSchema) }),
  outcomes: { run: 'pass', ...fails, 'not-told': 'unsure', 'none-down': 'pass' },

  async collect({ kube, node }, flow) {
    const ends = (await nodesOfFlow(kube, flow)).filter(({ role }) => role !== 'peer');
    const found = await Promise.all(ends.map((place) => nodeMeant(kube, place.node)));
    const down = ends.flatMap(({ role }, index) => {
      const object = found[index];
      return object && isDown(nodeState('', object)) ? [{ node: nameOf(object), role }] : [];
    });
    return await eachNode(down, (place) => nodeServices(node(place.node)));
  },

  interpret({ seen, unseen }) {
    const worst = judged(seen);
    const others = unseen.map(({ node }) => node);
    if (!worst) return { outcome: 'none-down' };
    const { word, node, ...facts } = worst;
    return { outcome: word, facts: { node, ...facts, unseen: others } };
  },
});
