import { z } from 'zod';
import { capped } from '../../domain/capped.js';
import { flowNodeSchema, nodesOfFlow } from '../../domain/flow-nodes.js';
import { selects } from '../../domain/selector.js';
import { serviceAndEndpoints } from '../../domain/service-endpoints.js';
import { defineStep } from '../../domain/step.js';
import { targetsOf } from '../../domain/targets.js';
import { eachNode, unseenSchema } from '../../queries/probes/each-node.js';
import { triedSchema, tryEach } from '../../queries/probes/each-target.js';
import { tcpConnect } from '../../queries/tcp-connect.js';

const most = 3;

export default defineStep({
  stage: 'service',
  level: 'node',
  cost: 2,
  reads: ['services', 'endpointslices', 'pods', 'nodes'],
  runs: [tcpConnect],
  from: ['pod', 'node'],
  to: ['service'],
  evidence: z.object({
    manual: z.boolean(),
    seen: z.array(z.strictObject({ ...flowNodeSchema.shape, tried: z.array(triedSchema) })),
    unseen: z.array(unseenSchema),
  }),
  outcomes: {
    answers: 'pass',
    'answers-a-peer-only': 'fail',
    'answers-no-node': 'fail',
    'one-node': 'unsure',
    'not-manual': 'pass',
    'none-to-try': 'unsure',
  },

  async collect({ kube, node }, flow) {
    const { service, slices } = await serviceAndEndpoints(kube, flow.to);
    const manual = service !== undefined && !selects(service.spec?.selector);
    const targets = manual && flow.protocol === 'TCP' ? targetsOf(service, slices, flow).slice(0, most) : [];
    if (targets.length === 0) return { manual, seen: [], unseen: [] };
    const looked = await eachNode(await nodesOfFlow(kube, flow), async (place) => ({
      tried: await tryEach(node(place.node), targets),
    }));
    return { manual, ...looked };
  },

  interpret({ manual, seen, unseen }) {
    if (!manual) return { outcome: 'not-manual' };
    const all = seen.flatMap(({ node, tried }) => tried.map((one) => ({ ...one, by: node })));
    const [first] = all;
    if (!first) return { outcome: 'none-to-try' };
    // A refusal comes from the far end as well, and says that somebody is there.
    const heard = all.filter(({ connect }) => connect.open > 0 || (connect.classes.refused ?? 0) > 0);
    const own = seen.find(({ role }) => role === 'source')?.node;
    const facts = {
      node: own ?? first.by,
      reaching: [...new Set(heard.map(({ by }) => by))],
      nodes: seen.map(({ node }) => node),
      unseen: unseen.map(({ node }) => node),
      addresses: capped([...new Set(all.map(({ address, port }) => `${address}:${port}`))]),
      heard: capped(heard.map(({ by, address }) => `${by} > ${address}`)),
      ...{ address: first.address, 'target-port': first.port },
    };
    const byOthersAlone = own !== undefined && heard.every(({ by }) => by !== own);
    if (heard.length > 0) return { outcome: byOthersAlone ? 'answers-a-peer-only' : 'answers', facts };
    // What one node does not reach may be lost by that node.
    return { outcome: seen.length > 1 ? 'answers-no-node' : 'one-node', facts };
  },
});
