import { z } from 'zod';
import type { Facts } from '../../domain/finding.js';
import { type FlowNode, flowNodeSchema, nodesOfFlow } from '../../domain/flow-nodes.js';
import { podsOfFlow } from '../../domain/flow-pods.js';
import { internalAddress } from '../../domain/node-address.js';
import { defineStep } from '../../domain/step.js';
import { type RouteTo, routeToSchema } from '../../parse/links/route-to.js';
import { routeFrom } from '../../queries/links/route-from.js';
import { routeTo } from '../../queries/links/route-to.js';
import { unseenSchema } from '../../queries/probes/each-node.js';
import { nodesOfEnds } from '../../queries/probes/nodes-of-ends.js';

const waySchema = z.strictObject({
  pod: z.string(),
  address: z.string(),
  /** On the Node that was asked. */
  own: z.boolean(),
  plain: routeToSchema,
  /** With the address of the Node as the source, as its own programs send. */
  bound: routeToSchema,
});
const seenSchema = z.strictObject({ ...flowNodeSchema.shape, source: z.string(), ways: z.array(waySchema) });
type Seen = z.infer<typeof seenSchema>;
type Way = z.infer<typeof waySchema>;

const same = (plain: RouteTo, bound: RouteTo) =>
  plain.route?.dev === bound.route?.dev && plain.route?.gateway === bound.route?.gateway;

// nm-cloud-setup numbers its rules, and the tables these ask, from 30200 and 30400 on, one for each address and device.
const isCloudSetups = (table: string) => /^30[2-5]\d\d$/.test(table);

const wordOf = ({ own, plain, bound }: Way) => {
  if (plain.class !== 'route' || bound.class !== 'route' || same(plain, bound)) return 'kept';
  if (isCloudSetups(bound.route?.table ?? '')) return 'cloud-setup-rules';
  return own ? 'captured' : 'another-way';
};
const worstFirst = ['cloud-setup-rules', 'captured', 'another-way'] as const;

const say = ({ route }: RouteTo) =>
  [route?.gateway && `via ${route.gateway}`, `dev ${route?.dev}`].filter(Boolean).join(' ');

const told = ({ node, source }: Seen, { pod, address, plain, bound }: Way): Facts => ({
  ...{ node, 'node-address': source, 'endpoint-pod': pod, address, wanted: say(plain), found: say(bound) },
  table: bound.route?.table ?? '',
});

const familyOf = (address: string) => (address.includes(':') ? 6 : 4);

const unsaid = ({ node, why }: z.infer<typeof unseenSchema>): Facts => ({ unseen: node, why });

export default defineStep({
  stage: 'cni',
  level: 'node',
  cost: 1,
  reads: ['services', 'pods', 'nodes'],
  runs: [routeTo, routeFrom],
  from: ['pod', 'node'],
  to: ['service', 'pod'],
  evidence: z.object({ seen: z.array(seenSchema), unseen: z.array(unseenSchema) }),
  outcomes: {
    kept: 'pass',
    'cloud-setup-rules': 'fail',
    captured: 'fail',
    // Where a router knows the Pods of every Node, more than one way is right.
    'another-way': 'warn',
    'partly-seen': 'unsure',
    'no-pod': 'unsure',
  },

  async collect({ kube, node }, flow) {
    const [nodes, pods] = await Promise.all([nodesOfFlow(kube, flow), podsOfFlow(kube, flow)]);
    const asked = pods.filter(({ host, address }) => !host && address !== '');
    const look = async (place: FlowNode) => {
      const source = internalAddress(await kube.get('nodes', { name: place.node })) ?? '';
      const fitting = asked.filter(({ address }) => source !== '' && familyOf(address) === familyOf(source));
      const ways = fitting.map(async ({ pod, address, node: its }): Promise<Way> => {
        const run = node(place.node);
        const [plain, bound] = await Promise.all([
          run.run(routeTo, { address }),
          run.run(routeFrom, { address, source }),
        ]);
        return { pod, address, own: its === place.node, plain, bound };
      });
      return { source, ways: await Promise.all(ways) };
    };
    return await nodesOfEnds(
      nodes.filter(({ role }) => role !== 'peer'),
      look,
    );
  },

  interpret({ seen, unseen }) {
    const judged = seen.flatMap((here) => here.ways.map((way) => ({ here, way, word: wordOf(way) })));
    const word = worstFirst.find((wanted) => judged.some((one) => one.word === wanted));
    const found = judged.filter((one) => one.word === word);
    const worst = found.find(({ way }) => way.own) ?? found[0];
    if (word && worst) return { outcome: word, facts: told(worst.here, worst.way) };
    const [missing] = unseen;
    if (missing) return { outcome: 'partly-seen', facts: unsaid(missing) };
    const nodes: Facts = { nodes: seen.map(({ node }) => node) };
    return judged.length > 0 ? { outcome: 'kept', facts: nodes } : { outcome: 'no-pod' };
  },
});
