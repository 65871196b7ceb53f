import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { type FlowNode, flowNodeSchema, nodesOfFlow } from '../../domain/flow-nodes.js';
import { anyEnd, defineStep } from '../../domain/step.js';
import { matrixOutcome } from '../../parse/dns/matrix.js';
import { askOverTcp } from '../../queries/dns/ask-over-tcp.js';
import { ownName } from '../../queries/probes/asked-name.js';
import {
  type AskedServer,
  askedServerSchema,
  askServers,
  cellOf,
  dnsServers,
  isAnswer,
} from '../../queries/probes/dns-servers.js';
import { eachNode, unseenSchema } from '../../queries/probes/each-node.js';
import { resolveName } from '../../queries/resolve-name.js';

const seenSchema = z.strictObject({ ...flowNodeSchema.shape, servers: z.array(askedServerSchema) });
type Seen = z.infer<typeof seenSchema>;

/** The node of the source, and one other to compare it with. */
const twoOf = (nodes: readonly FlowNode[]): FlowNode[] => {
  const source = nodes.find(({ role }) => role === 'source');
  const other = nodes.find(({ role }) => role !== 'source');
  return [source, other].flatMap((one) => one ?? []);
};

const seenFrom = ({ node, servers }: Seen) => matrixOutcome(servers.map(cellOf), node);

const silent = (servers: readonly AskedServer[]) =>
  servers.filter(({ udp }) => !isAnswer(udp)).map(({ address }) => address);

const judge = (seen: readonly Seen[]) => {
  const [own, other] = seen;
  if (!own) return 'no-servers';
  const outcome = seenFrom(own);
  const fails = outcome !== 'all-answer' && outcome !== 'no-servers';
  return fails && outcome !== 'far-fails' && other && seenFrom(other) === 'all-answer'
    ? 'only-this-node-fails'
    : outcome;
};

export default defineStep({
  stage: 'dns',
  level: 'node',
  cost: 2,
  reads: ['services', 'pods', 'nodes'],
  runs: [resolveName, askOverTcp],
  from: ['pod', 'node'],
  to: anyEnd,
  evidence: z.strictObject({ seen: z.array(seenSchema), unseen: z.array(unseenSchema) }),
  outcomes: {
    'all-answer': 'pass',
    'only-this-node-fails': 'fail',
    'tcp-fails': 'fail',
    'udp-fails': 'fail',
    'address-fails': 'fail',
    'far-fails': 'fail',
    'some-fail': 'fail',
    'replicas-fail': 'warn',
    'none-answer': 'fail',
    'no-servers': 'unsure',
  },

  async collect({ kube, node, clock }, flow) {
    const [nodes, servers] = await Promise.all([nodesOfFlow(kube, flow), dnsServers(kube, clock.now())]);
    const { seen, unseen } = await eachNode(twoOf(nodes), async (place) => ({
      servers: await askServers(node(place.node), servers, ownName(undefined)),
    }));
    if (!seen.some(({ role }) => role === 'source'))
      throw new CannotLook('lost', unseen[0]?.why ?? 'The source has no node yet.');
    return { seen, unseen };
  },

  interpret({ seen }) {
    const [own, other] = seen;
    const failing = silent(own?.servers ?? []);
    const facts = { node: own?.node ?? '', other: other?.node ?? '', failing, address: own?.servers[0]?.address ?? '' };
    return { outcome: judge(seen), facts };
  },
});
