import { z } from 'zod';
import { flowNodeSchema, nodesOfFlow } from '../../domain/flow-nodes.js';
import { internalAddress, kubeletPort } from '../../domain/node-address.js';
import { defineStep } from '../../domain/step.js';
import { understood } from '../../domain/understood.js';
import { connectFactsSchema } from '../../parse/connect.js';
import { eachNode, unseenSchema } from '../../queries/probes/each-node.js';
import { tcpConnect, threeTries } from '../../queries/tcp-connect.js';

const evidenceSchema = z.object({
  node: z.string(),
  address: z.string(),
  seen: z.array(z.strictObject({ ...flowNodeSchema.shape, connect: connectFactsSchema })),
  unseen: z.array(unseenSchema),
});
type Evidence = z.infer<typeof evidenceSchema>;

const reaches = ({ connect }: Evidence['seen'][number]) => connect.open > 0;

const judge = ({ seen }: Evidence) => {
  const itself = seen.find(({ role }) => role === 'destination');
  const others = seen.filter((one) => one !== itself);
  if (others.some(reaches)) return 'open-to-nodes';
  if (itself && !reaches(itself)) return itself.connect.classes.refused ? 'nobody-listens' : 'shut-to-all';
  return itself && others.length > 0 ? 'open-to-itself-only' : 'not-tried';
};

export default defineStep({
  stage: 'connectivity',
  hop: 'node',
  level: 'node',
  cost: 1,
  reads: ['pods', 'nodes', 'services'],
  runs: [tcpConnect],
  from: ['control-plane'],
  to: ['node', 'pod'],
  evidence: evidenceSchema,
  outcomes: {
    'open-to-nodes': 'pass',
    'open-to-itself-only': 'fail',
    'shut-to-all': 'fail',
    'nobody-listens': 'fail',
    'not-tried': 'unsure',
  },

  async collect({ kube, node }, flow): Promise<Evidence> {
    const nodes = await nodesOfFlow(kube, flow);
    const name = nodes.find(({ role }) => role === 'destination')?.node ?? '';
    const address = (name === '' ? undefined : internalAddress(await kube.get('nodes', { name }))) ?? '';
    if (address === '') return { node: name, address, seen: [], unseen: [] };
    const looked = await eachNode(nodes, async (place) => ({
      connect: understood(await node(place.node).run(tcpConnect, threeTries(address, kubeletPort))),
    }));
    return { node: name, address, ...looked };
  },

  interpret(evidence) {
    const { node, address, seen } = evidence;
    const nodes = (answered: boolean) => seen.filter((one) => reaches(one) === answered).map((one) => one.node);
    return {
      outcome: judge(evidence),
      facts: { node, address, 'target-port': kubeletPort, reaching: nodes(true), others: nodes(false) },
    };
  },
});
