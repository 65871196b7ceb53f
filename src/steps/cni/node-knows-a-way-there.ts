import { z } from 'zod';
import { flowNodeSchema, nodesOfFlow } from '../../domain/flow-nodes.js';
import { defineStep } from '../../domain/step.js';
import { isAddress } from '../../parse/addresses.js';
import { addressOfEnd, endQueries, startOfFlow } from '../../queries/probes/address-of-end.js';
import { clusterAddresses } from '../../queries/probes/cluster-addresses.js';
import { unseenSchema } from '../../queries/probes/each-node.js';
import { nodesOfEnds, sourceSeen } from '../../queries/probes/nodes-of-ends.js';
import { wayQueries, wayView, wayViewSchema } from '../../queries/probes/way-view.js';
import { wayInWords, wordOfWay } from '../../queries/probes/way-word.js';

const evidenceSchema = z.object({
  address: z.string(),
  seen: z.array(z.strictObject({ ...flowNodeSchema.shape, ...wayViewSchema.shape })),
  unseen: z.array(unseenSchema),
});

export default defineStep({
  stage: 'cni',
  level: 'node',
  cost: 1,
  reads: ['services', 'pods', 'nodes'],
  runs: [...new Set([...wayQueries, ...endQueries])],
  from: ['pod', 'node'],
  to: ['ip', 'node'],
  evidence: evidenceSchema,
  outcomes: {
    routed: 'pass',
    'no-route': 'fail',
    refused: 'fail',
    'into-pod-network': 'fail',
    'onto-a-bridge': 'warn',
    'not-forwarded': 'warn',
    'own-address': 'unsure',
    'no-address': 'unsure',
  },

  async collect({ kube, node }, flow) {
    const places = { kube, node };
    const [to, start, nodes] = await Promise.all([
      addressOfEnd(places, flow.to),
      startOfFlow(places, flow.from),
      nodesOfFlow(kube, flow),
    ]);
    if (!to || !start) return { address: '', seen: [], unseen: [] };
    const askers = nodes.filter(({ role }) => role !== 'destination');
    const known = await clusterAddresses(kube, askers);
    const looked = await nodesOfEnds(askers, (place) => {
      const pod = place.role === 'source' && !start.fromNode && isAddress(start.address) ? start : undefined;
      return wayView(node(place.node), { to, pod, ...known });
    });
    return { address: to, ...sourceSeen(looked) };
  },

  interpret({ address, seen }) {
    const here = seen.find(({ role }) => role === 'source');
    if (!here) return { outcome: 'no-address' };
    const { outcome, way } = wordOfWay(here);
    const peers = seen.filter((one) => one !== here).map((one) => `${one.node}: ${wayInWords(one.own)}`);
    const facts = {
      address,
      node: here.node,
      way: wayInWords(way),
      own: wayInWords(here.own),
      dev: way.route?.dev ?? '',
      peers,
    };
    return { outcome, facts };
  },
});
