import { z } from 'zod';
import { flowNodeSchema, nodesOfFlow } from '../../domain/flow-nodes.js';
import { defineStep } from '../../domain/step.js';
import { type Jumps, jumpsOf, jumpsSchema } from '../../parse/rules/jumps.js';
import { eachNode, unseenSchema } from '../../queries/probes/each-node.js';
import { dialled, startOf } from '../../queries/probes/first-packet.js';
import { readQueries, readRules } from '../../queries/probes/read-rules.js';
import { sourceIsSeen } from '../../queries/probes/source-is-seen.js';

const evidenceSchema = z.object({
  seen: z.array(z.strictObject({ ...flowNodeSchema.shape, ...jumpsSchema.shape, other: z.boolean() })),
  unseen: z.array(unseenSchema),
});

type Seen = z.infer<typeof evidenceSchema>['seen'][number];

const judge = ({ tables, missing, before, other }: Jumps & { other: boolean }) => {
  if (tables.length === 0) return other ? 'other-way' : 'no-chains';
  if (missing.length > 0) return 'missing';
  return before === '' ? 'in-place' : 'too-late';
};

export default defineStep({
  stage: 'kube-proxy',
  level: 'node',
  cost: 1,
  reads: ['services', 'pods', 'nodes'],
  runs: [...readQueries],
  from: ['pod', 'node'],
  to: ['service'],
  evidence: evidenceSchema,
  outcomes: {
    'in-place': 'pass',
    missing: 'fail',
    'too-late': 'fail',
    'no-chains': 'fail',
    'other-way': 'unsure',
    'no-address': 'unsure',
  },

  async collect({ kube, node }, flow) {
    const [service, start, nodes] = await Promise.all([
      kube.get('services', { namespace: flow.to.namespace, name: flow.to.name }),
      startOf(kube, flow.from),
      nodesOfFlow(kube, flow),
    ]);
    const to = dialled(service, flow);
    if (!to || !start) return { seen: [], unseen: [] };
    const looked = await eachNode(nodes, async (place) => {
      const { rules, packet, family, replacing, ipvs } = await readRules(node(place.node), start, to);
      return { ...jumpsOf(rules.tables, packet, family), other: ipvs || replacing.length > 0 };
    });
    return sourceIsSeen(looked);
  },

  interpret({ seen }) {
    const here = seen.find(({ role }) => role === 'source');
    if (!here) return { outcome: 'no-address' };
    const inPlace = (one: Seen) => judge(one) === 'in-place';
    const facts = {
      node: here.node,
      tables: here.tables,
      missing: here.missing,
      rule: here.before,
      'in-place-on': seen.filter(inPlace).map(({ node }) => node),
    };
    return { outcome: judge(here), facts };
  },
});
