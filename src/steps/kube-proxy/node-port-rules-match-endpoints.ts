import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { capped } from '../../domain/capped.js';
import { doorSchema, type Towards } from '../../domain/door.js';
import { isHinted } from '../../domain/endpoints.js';
import { flowNodeSchema } from '../../domain/flow-nodes.js';
import { defineStep } from '../../domain/step.js';
import { targetSchema } from '../../domain/targets.js';
import { beside } from '../../parse/rules/beside.js';
import { placeWords } from '../../parse/rules/compare.js';
import { doorViewSchema, judgeDoor } from '../../parse/rules/door.js';
import { arrivals, doorFlow, doorServiceSchema } from '../../queries/probes/door-flow.js';
import { doorQueries, doorView } from '../../queries/probes/door-view.js';
import { unseenSchema } from '../../queries/probes/each-node.js';
import { nodesOfEnds } from '../../queries/probes/nodes-of-ends.js';

const seenSchema = z.strictObject({ ...flowNodeSchema.shape, address: z.string(), ...doorViewSchema.shape });
const evidenceSchema = z.object({
  door: doorSchema.optional(),
  service: doorServiceSchema.optional(),
  expected: z.array(targetSchema),
  chosen: z.boolean(),
  seen: z.array(seenSchema),
  unseen: z.array(unseenSchema),
});
type Evidence = z.infer<typeof evidenceSchema>;
type Seen = z.infer<typeof seenSchema>;

const judge = (view: Seen, { service, expected, chosen }: Evidence) => {
  const { local = false, ranges = [] } = service ?? {};
  return judgeDoor(view, { all: expected, node: view.node, local, chosen, ranges: ranges.length > 0 });
};

const nobodyKnown = ({ from }: Towards) => from.kind === 'outside' && from.address === undefined;

const factsOf = (here: Seen, { service, door }: Evidence) => ({
  node: here.node,
  address: door?.address ?? '',
  'node-port': door?.port ?? 0,
  owner: service ? `${service.namespace}/${service.name}` : '',
  namespace: service?.namespace ?? '',
  service: service?.name ?? '',
  endpoints: capped(here.translations.flatMap(({ endpoints }) => endpoints.map(placeWords))),
  open: capped(here.open),
  configured: capped(here.configured),
  mode: here.mode,
  replacing: here.replacing,
  services: here.written.reduce((sum, { services }) => sum + services, 0),
});

export default defineStep({
  stage: 'kube-proxy',
  level: 'node',
  cost: 1,
  reads: ['services', 'endpointslices', 'pods', 'nodes'],
  runs: [...doorQueries],
  from: ['pod', 'node', 'outside'],
  to: ['node', 'ip'],
  evidence: evidenceSchema,
  outcomes: {
    match: 'pass',
    'none-as-listed': 'pass',
    uneven: 'warn',
    'local-elsewhere': 'fail',
    'source-not-allowed': 'fail',
    'primary-only': 'fail',
    'left-out': 'fail',
    'stopped-before': 'fail',
    'not-masqueraded': 'fail',
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
    replaced: 'unsure',
    'not-a-node-port': 'unsure',
  },

  async collect({ kube, node }, flow): Promise<Evidence> {
    const found = await doorFlow(kube, flow);
    if (!found) return { expected: [], chosen: false, seen: [], unseen: [] };
    const { door, at, service, slices, expected } = found;
    const ranges = service?.spec?.loadBalancerSourceRanges ?? [];
    if (ranges.length > 0 && nobodyKnown(flow))
      throw new CannotLook(
        'lost',
        'The Service names who may come, and from which address the client comes is not known.',
      );
    const protocol = door.protocol.toLowerCase();
    const places = await arrivals(kube, flow, found);
    const byName = new Map(places.map(({ node: name, start, address }) => [name, { start, address }]));
    const nodes = places.map(({ node: name, role }) => ({ node: name, role }));
    const looked = await nodesOfEnds(nodes, async (place) => {
      const { start, address } = byName.get(place.node) ?? { start: { address: '', fromNode: false }, address: '' };
      const to = { address, port: door.port, protocol, nodePort: at.by === 'node-port' };
      return { address, ...(await doorView(node(place.node), start, to)) };
    });
    return {
      door,
      service: {
        namespace: at.namespace,
        name: at.name,
        port: at.port,
        local: service?.spec?.externalTrafficPolicy === 'Local',
        ranges,
      },
      expected: [...expected],
      chosen: isHinted(slices),
      ...looked,
    };
  },

  interpret(evidence) {
    const here = evidence.seen.find(({ role }) => role === 'destination');
    if (!here) return { outcome: 'not-a-node-port' };
    const { outcome, stale, missing, rule, listed } = judge(here, evidence);
    const facts = {
      ...factsOf(here, evidence),
      listed: capped(listed),
      stale: capped(stale),
      missing: capped(missing),
      rule,
      ranges: capped(evidence.service?.ranges ?? []),
      plain: capped(here.plain),
      elsewhere: capped([...new Set(evidence.expected.map((target) => target.node))]),
      ...beside(here, evidence.seen, (one) => judge(one, evidence).outcome),
    };
    return { outcome, facts };
  },
});
