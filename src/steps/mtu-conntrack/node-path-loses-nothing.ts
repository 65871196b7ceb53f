import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { flowNodeSchema, nodesOfFlow } from '../../domain/flow-nodes.js';
import { internalAddress } from '../../domain/node-address.js';
import { defineStep } from '../../domain/step.js';
import { pingFactsSchema } from '../../parse/ping.js';
import { pingSeries } from '../../queries/kernel/ping-series.js';
import { eachNode, unseenSchema } from '../../queries/probes/each-node.js';

const seriesSchema = z.strictObject({ ...flowNodeSchema.shape, to: z.string(), ping: pingFactsSchema });

// One of forty may get lost on a sound network.
const bearable = 1;

export default defineStep({
  stage: 'mtu-conntrack',
  level: 'node',
  cost: 2,
  reads: ['services', 'pods', 'nodes'],
  runs: [pingSeries],
  from: ['pod', 'node'],
  to: ['service', 'pod'],
  evidence: z.strictObject({ seen: z.array(seriesSchema), unseen: z.array(unseenSchema) }),
  // Echoes are not the flow: a loss of them makes a fault only beside a flow that fails now and then.
  outcomes: { clean: 'pass', loses: 'warn', silent: 'unsure', 'one-node': 'unsure' },

  async collect({ kube, node }, flow) {
    const ends = (await nodesOfFlow(kube, flow)).filter(({ role }) => role !== 'peer');
    const source = ends.find(({ role }) => role === 'source');
    const others = ends.filter(({ role }) => role === 'destination');
    if (!source || others.length === 0) return { seen: [], unseen: [] };
    // Every end asks the other one, so that a way that cannot be looked at from here is looked at from there.
    const asks = [{ from: source, to: others[0] ?? source }, ...others.map((from) => ({ from, to: source }))];
    return await eachNode(
      asks.map(({ from }) => from),
      async (place) => {
        const to = asks.find(({ from }) => from === place)?.to ?? source;
        const host = internalAddress(await kube.get('nodes', { name: to.node }));
        if (!host) throw new CannotLook('lost', `The address of node ${to.node} is not known.`);
        return { to: to.node, ping: await node(place.node).run(pingSeries, { host }) };
      },
    );
  },

  interpret({ seen, unseen }) {
    const heard = seen.filter(({ ping }) => ping.received > 0);
    const lossOf = ({ ping }: (typeof seen)[number]) => ping.sent - ping.received;
    const [worst] = heard.toSorted((a, b) => lossOf(b) - lossOf(a));
    const facts = {
      ...{ from: worst?.node ?? seen[0]?.node ?? '', to: worst?.to ?? seen[0]?.to ?? '', sent: worst?.ping.sent ?? 0 },
      ...{ lost: worst ? lossOf(worst) : 0, unseen: unseen.map(({ node }) => node) },
      paths: seen.map((one) => `${one.node} > ${one.to} ${lossOf(one)}/${one.ping.sent}`),
    };
    if (seen.length === 0) return { outcome: 'one-node', facts };
    if (!worst) return { outcome: 'silent', facts };
    return { outcome: facts.lost > bearable ? 'loses' : 'clean', facts };
  },
});
