import { z } from 'zod';
import type { Flow } from '../../domain/flow.js';
import { type FlowNode, flowNodeSchema, nodesOfFlow } from '../../domain/flow-nodes.js';
import { kubeletPort } from '../../domain/node-address.js';
import { defineStep } from '../../domain/step.js';
import { type ConnectFacts, connectFactsSchema, connectOutcome } from '../../parse/connect.js';
import { lateTo, slowestOf } from '../../parse/late.js';
import { addressOfEnd, endQueries } from '../../queries/probes/address-of-end.js';
import { connectSeries } from '../../queries/probes/connect-series.js';
import { unseenSchema } from '../../queries/probes/each-node.js';
import { nodesOfEnds, sourceSeen } from '../../queries/probes/nodes-of-ends.js';
import { tcpConnect } from '../../queries/tcp-connect.js';

const seenSchema = z.strictObject({ ...flowNodeSchema.shape, connect: connectFactsSchema });
const evidenceSchema = z.object({
  address: z.string(),
  port: z.int().optional(),
  seen: z.array(seenSchema),
  unseen: z.array(unseenSchema),
});
type Evidence = z.infer<typeof evidenceSchema>;

type Towards = Flow<'pod' | 'node', 'ip' | 'host' | 'node'>;
const portOf = ({ port, protocol, to }: Towards) => {
  if (protocol !== 'TCP') return undefined;
  if (port === undefined) return to.kind === 'node' ? kubeletPort : undefined;
  return typeof port === 'number' ? port : undefined;
};

// What the own node reaches shows what the Pod alone is missing; what a peer reaches, what the node alone is.
const vantages = (nodes: readonly FlowNode[], address: string) =>
  nodes.filter(({ node, role }) => role !== 'destination' && node !== address);

const wordOf = ({ address, seen }: Evidence, { from }: Pick<Flow, 'from'>) => {
  const own = seen.find(({ role }) => role === 'source');
  if (!own) return 'not-tried';
  if (own.connect.failed < own.connect.of) {
    if (own.connect.failed > 0) return 'some-fail';
    if (from.kind !== 'node') return 'answers-the-node-only';
    return lateTo(address, own.connect) > 0 ? 'answers-late' : 'answers';
  }
  const peers = seen.filter(({ role }) => role === 'peer');
  // A refusal came from the far end, which was reached.
  if (own.connect.classes.refused) return 'refused';
  if (peers.some(({ connect }) => connect.open > 0)) return 'answers-a-peer-only';
  return peers.length > 0 ? 'answers-no-node' : 'silent';
};

const heard = ({ open }: ConnectFacts) => open > 0;

export default defineStep({
  stage: 'connectivity',
  level: 'node',
  cost: 2,
  reads: ['services', 'pods', 'nodes'],
  runs: [tcpConnect, ...endQueries],
  from: ['pod', 'node'],
  to: ['ip', 'host', 'node'],
  evidence: evidenceSchema,
  outcomes: {
    answers: 'pass',
    'answers-late': 'warn',
    'answers-the-node-only': 'pass',
    'some-fail': 'fail',
    refused: 'fail',
    'answers-a-peer-only': 'fail',
    'answers-no-node': 'fail',
    silent: 'fail',
    'not-tried': 'unsure',
  },

  async collect({ kube, node }, flow): Promise<Evidence> {
    const { to } = flow;
    const port = portOf(flow);
    const address = to.kind === 'host' ? to.name : await addressOfEnd({ kube, node }, to);
    if (!address || port === undefined) return { address: address ?? '', seen: [], unseen: [] };
    const nodes = vantages(await nodesOfFlow(kube, flow), address);
    const looked = await nodesOfEnds(nodes, async (place) => ({
      connect: await connectSeries(node(place.node), { host: address, port, tries: 9, waitSeconds: 2 }),
    }));
    return { address, port, ...sourceSeen(looked) };
  },

  interpret(evidence, flow) {
    const { address, port, seen } = evidence;
    const own = seen.find(({ role }) => role === 'source');
    const facts = {
      address,
      ...{ 'far-port': port ?? 0, node: own?.node ?? '', failed: own?.connect.failed ?? 0, of: own?.connect.of ?? 0 },
      ...(own && { late: lateTo(address, own.connect), slowest: slowestOf(own.connect) }),
      how: own ? connectOutcome(own.connect) : '',
      reaching: seen.filter(({ connect }) => heard(connect)).map(({ node }) => node),
      others: seen.filter(({ role, connect }) => role === 'peer' && !heard(connect)).map(({ node }) => node),
    };
    return { outcome: wordOf(evidence, flow), facts };
  },
});
