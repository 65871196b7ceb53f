import { z } from 'zod';
import { flowNodeSchema, nodesOfFlow } from '../../domain/flow-nodes.js';
import { selects } from '../../domain/selector.js';
import { serviceAndEndpoints } from '../../domain/service-endpoints.js';
import { defineStep } from '../../domain/step.js';
import { targetsOf } from '../../domain/targets.js';
import { isAddress } from '../../parse/addresses.js';
import { endQueries, startOfFlow } from '../../queries/probes/address-of-end.js';
import { clusterAddresses } from '../../queries/probes/cluster-addresses.js';
import { unseenSchema } from '../../queries/probes/each-node.js';
import { hopQueries, hopView, hopViewSchema } from '../../queries/probes/next-hop.js';
import { nodesOfEnds, sourceSeen } from '../../queries/probes/nodes-of-ends.js';
import { wayQueries, wayView, wayViewSchema } from '../../queries/probes/way-view.js';
import { wayInWords, wordOfWay } from '../../queries/probes/way-word.js';

const seenSchema = z.strictObject({ ...flowNodeSchema.shape, ...wayViewSchema.shape, hop: hopViewSchema.optional() });
const evidenceSchema = z.object({ address: z.string(), seen: z.array(seenSchema), unseen: z.array(unseenSchema) });
type Evidence = z.infer<typeof evidenceSchema>;

const silent = ['FAILED', 'INCOMPLETE'];
const isSilent = ({ neighbour }: z.infer<typeof hopViewSchema>) =>
  neighbour !== undefined && (neighbour.mac === undefined || silent.includes(neighbour.state));

export default defineStep({
  stage: 'cni',
  level: 'node',
  cost: 2,
  reads: ['services', 'endpointslices', 'pods', 'nodes'],
  runs: [...new Set([...wayQueries, ...hopQueries, ...endQueries])],
  from: ['pod', 'node'],
  to: ['service'],
  evidence: evidenceSchema,
  outcomes: {
    routed: 'pass',
    'no-route': 'fail',
    refused: 'fail',
    'into-pod-network': 'fail',
    'hop-silent': 'fail',
    'onto-a-bridge': 'warn',
    'not-forwarded': 'warn',
    'own-address': 'unsure',
    'none-to-try': 'unsure',
  },

  async collect({ kube, node }, flow): Promise<Evidence> {
    const { service, slices } = await serviceAndEndpoints(kube, flow.to);
    // Endpoints of Pods are reached by the network of the cluster, which has checks of its own.
    const byHand = service !== undefined && !selects(service.spec?.selector);
    const [target] = byHand ? targetsOf(service, slices, flow) : [];
    const start = await startOfFlow({ kube, node }, flow.from);
    if (!target || !start) return { address: '', seen: [], unseen: [] };
    const askers = (await nodesOfFlow(kube, flow)).filter(({ role }) => role !== 'destination');
    const known = await clusterAddresses(kube, askers);
    const looked = await nodesOfEnds(askers, async ({ node: name, role }) => {
      const here = role === 'source';
      const pod = here && !start.fromNode && isAddress(start.address) ? start : undefined;
      const view = await wayView(node(name), { to: target.address, pod, ...known });
      return { ...view, ...(here && { hop: await hopView(node(name), target) }) };
    });
    return { address: target.address, ...sourceSeen(looked) };
  },

  interpret({ address, seen }) {
    const here = seen.find(({ role }) => role === 'source');
    if (!here) return { outcome: 'none-to-try' };
    const { outcome, way } = wordOfWay(here);
    const peers = seen.filter((one) => one !== here).map((one) => `${one.node}: ${wayInWords(one.own)}`);
    const facts = {
      ...{ address, node: here.node, way: wayInWords(way), own: wayInWords(here.own), dev: way.route?.dev ?? '' },
      ...{ 'next-hop': here.hop?.hop ?? '', peers },
    };
    return { outcome: outcome === 'routed' && here.hop && isSilent(here.hop) ? 'hop-silent' : outcome, facts };
  },
});
