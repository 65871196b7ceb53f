import { z } from 'zod';
import { balancerAddress } from '../../domain/balancer-address.js';
import { capped } from '../../domain/capped.js';
import { nodesOf, usable } from '../../domain/endpoints.js';
import { nodesOfFlow } from '../../domain/flow-nodes.js';
import { withOtherNodes } from '../../domain/other-nodes.js';
import { serviceAndEndpoints } from '../../domain/service-endpoints.js';
import { portToTry } from '../../domain/service-port.js';
import { defineStep } from '../../domain/step.js';
import { understood } from '../../domain/understood.js';
import { type ConnectFacts, connectFactsSchema } from '../../parse/connect.js';
import { eachNode, unseenSchema } from '../../queries/probes/each-node.js';
import { tcpConnect } from '../../queries/tcp-connect.js';

const triedSchema = z.strictObject({ node: z.string(), serving: z.boolean(), connect: connectFactsSchema });
const evidenceSchema = z.object({
  /** Empty where kube-proxy takes it, so that no client inside asks the load balancer. */
  address: z.string(),
  port: z.int(),
  tried: z.array(triedSchema),
  unseen: z.array(unseenSchema),
});
type Evidence = z.infer<typeof evidenceSchema>;

// Enough to see both kinds, with and without a server.
const nodesAsked = 6;
// A balancer that spreads over three targets sends a client back to its own node in every third try.
const tries = 9;

const fails = ({ connect }: { connect: ConnectFacts }) => connect.failed > 0;

const wordFor = ({ address, tried }: Evidence) => {
  if (address === '') return 'taken-inside';
  if (tried.length === 0) return 'not-tried';
  const bad = tried.filter(fails);
  if (bad.length === 0) return 'answers-all';
  const others = tried.filter(({ serving }) => !serving);
  if (others.length > 0 && !others.some(fails)) return 'fails-where-servers-are';
  return tried.every(({ connect }) => connect.open === 0) ? 'answers-none' : 'some-fail';
};

const named = (tried: Evidence['tried']) => capped(tried.map(({ node }) => node));

export default defineStep({
  stage: 'exposure',
  level: 'node',
  cost: 2,
  reads: ['services', 'endpointslices', 'pods', 'nodes'],
  runs: [tcpConnect],
  from: ['pod', 'node'],
  to: ['service'],
  evidence: evidenceSchema,
  outcomes: {
    'answers-all': 'pass',
    'fails-where-servers-are': 'fail',
    'answers-none': 'fail',
    'some-fail': 'fail',
    'taken-inside': 'unsure',
    'not-tried': 'unsure',
  },

  async collect({ kube, node }, flow): Promise<Evidence> {
    const { service, endpoints } = await serviceAndEndpoints(kube, flow.to);
    const address = balancerAddress(service) ?? '';
    const meant = portToTry(service, flow);
    const none = { address, port: meant?.port ?? 0, tried: [], unseen: [] };
    if (address === '' || meant?.protocol !== 'TCP') return none;
    const serving = nodesOf(usable(endpoints));
    const places = await withOtherNodes(kube, await nodesOfFlow(kube, flow), nodesAsked);
    const { seen, unseen } = await eachNode(places, async (place) => ({
      serving: serving.includes(place.node),
      connect: understood(
        await node(place.node).run(tcpConnect, { host: address, port: none.port, tries, waitSeconds: 2 }),
      ),
    }));
    return { ...none, tried: seen.map(({ node, serving, connect }) => ({ node, serving, connect })), unseen };
  },

  interpret(evidence) {
    const { address, port, tried, unseen } = evidence;
    const [bad, good] = [tried.filter(fails), tried.filter((one) => !fails(one))];
    const facts = {
      ...{ address, 'lb-port': port, failing: named(bad), answering: named(good) },
      ...{ of: tries, unseen: unseen.map(({ node }) => node) },
    };
    return { outcome: wordFor(evidence), facts };
  },
});
