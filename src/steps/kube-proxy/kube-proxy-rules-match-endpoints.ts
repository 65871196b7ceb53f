import { z } from 'zod';
import { capped } from '../../domain/capped.js';
import { isHinted } from '../../domain/endpoints.js';
import { flowNodeSchema } from '../../domain/flow-nodes.js';
import { defineStep } from '../../domain/step.js';
import { targetSchema } from '../../domain/targets.js';
import { beside } from '../../parse/rules/beside.js';
import { compare, type Expected, nodeViewSchema, placeWords } from '../../parse/rules/compare.js';
import { eachNode, unseenSchema } from '../../queries/probes/each-node.js';
import { readQueries, readRules } from '../../queries/probes/read-rules.js';
import { serviceFlow } from '../../queries/probes/service-flow.js';
import { serviceView } from '../../queries/probes/service-view.js';
import { sourceIsSeen } from '../../queries/probes/source-is-seen.js';

const seenSchema = z.strictObject({ ...flowNodeSchema.shape, ...nodeViewSchema.shape });
type Seen = z.infer<typeof seenSchema>;
const evidenceSchema = z.object({
  service: z.strictObject({ address: z.string(), port: z.int(), protocol: z.string() }).optional(),
  expected: z.array(targetSchema),
  /** Endpoints of other nodes or zones are left out by the traffic policy or the hints of the slices. */
  chosen: z.boolean(),
  local: z.boolean(),
  seen: z.array(seenSchema),
  unseen: z.array(unseenSchema),
});
type Evidence = z.infer<typeof evidenceSchema>;

const expectedOn = (node: string, { expected, chosen, local }: Evidence): Expected => ({
  places: local ? expected.filter((target) => target.node === node) : expected,
  chosen,
});

const compareOn = (view: Seen, evidence: Evidence) => compare(view, expectedOn(view.node, evidence));

export default defineStep({
  stage: 'kube-proxy',
  level: 'node',
  cost: 1,
  reads: ['services', 'endpointslices', 'pods', 'nodes'],
  runs: [...readQueries],
  from: ['pod', 'node'],
  to: ['service'],
  evidence: evidenceSchema,
  outcomes: {
    match: 'pass',
    'none-as-listed': 'pass',
    uneven: 'warn',
    stale: 'fail',
    missing: 'fail',
    rejects: 'fail',
    drops: 'fail',
    'not-translated': 'fail',
    'no-rules': 'fail',
    'not-reached': 'fail',
    diverted: 'fail',
    'both-backends': 'fail',
    'two-modes': 'fail',
    'by-ipvs': 'unsure',
    replaced: 'unsure',
    'no-address': 'unsure',
  },

  async collect({ kube, node }, flow): Promise<Evidence> {
    const { nodes, dial, slices, expected, local } = await serviceFlow(kube, flow);
    const base = { expected, chosen: isHinted(slices), local };
    if (!dial) return { ...base, seen: [], unseen: [] };
    const { start, to } = dial;
    const looked = await eachNode(nodes, (place) => readRules(node(place.node), start, to).then(serviceView));
    return { ...base, service: to, ...sourceIsSeen(looked) };
  },

  interpret(evidence) {
    const { service, seen } = evidence;
    const here = seen.find(({ role }) => role === 'source');
    if (!here || !service) return { outcome: 'no-address' };
    const { outcome, stale, missing, rule } = compareOn(here, evidence);
    const facts = {
      node: here.node,
      address: service.address,
      'service-port': service.port,
      endpoints: capped(here.translations.flatMap(({ endpoints }) => endpoints.map(placeWords))),
      listed: capped(expectedOn(here.node, evidence).places.map(placeWords)),
      stale: capped(stale),
      missing: capped(missing),
      rule,
      replacing: here.replacing,
      services: here.written.reduce((sum, { services }) => sum + services, 0),
      ...beside(here, seen, (one) => compareOn(one, evidence).outcome),
    };
    return { outcome, facts };
  },
});
