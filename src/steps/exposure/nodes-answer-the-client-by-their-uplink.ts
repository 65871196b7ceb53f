import { z } from 'zod';
import { flannelLeaseOf } from '../../domain/flannel-lease.js';
import { flowNodeSchema, nodesOfFlow } from '../../domain/flow-nodes.js';
import { nameOf } from '../../domain/name-of.js';
import { mostNodes } from '../../domain/node-address.js';
import { withOtherNodes } from '../../domain/other-nodes.js';
import { defineStep } from '../../domain/step.js';
import { ipLinks } from '../../queries/links/ip-links.js';
import { eachNode, unseenSchema } from '../../queries/probes/each-node.js';
import { readable } from '../../queries/probes/readable-rows.js';
import { type WayView, wayQueries, wayView, wayViewSchema } from '../../queries/probes/way-view.js';

const evidenceSchema = z.object({
  address: z.string(),
  seen: z.array(z.strictObject({ ...flowNodeSchema.shape, ...wayViewSchema.shape, named: z.array(z.string()) })),
  unseen: z.array(unseenSchema),
});
type Evidence = z.infer<typeof evidenceSchema>;

// Any node may stand at the door; a few show what all have been given.
const nodesAsked = 6;

const worst = ['into-pod-network', 'no-way-back', 'refused', 'by-another-device', 'by-uplink'] as const;

type View = WayView & { readonly named: readonly string[] };

const goesInside = ({ own, podDevices, uplinks, bridges }: View) => {
  const { dev = '', gateway } = own.route ?? {};
  return podDevices.includes(dev) || (gateway === undefined && bridges.includes(dev) && !uplinks.includes(dev));
};

const wordFor = (view: View): (typeof worst)[number] => {
  const { own, named } = view;
  if (own.class === 'none') return 'no-way-back';
  if (own.class === 'refused') return 'refused';
  if (goesInside(view)) return 'into-pod-network';
  // The client came in by the device that has the address of the node, which is what load balancers send to.
  return named.length > 0 && !named.includes(own.route?.dev ?? '') ? 'by-another-device' : 'by-uplink';
};

const judged = ({ seen }: Evidence) =>
  seen.map((view) => ({ view, word: wordFor(view) })).toSorted((a, b) => worst.indexOf(a.word) - worst.indexOf(b.word));

export default defineStep({
  stage: 'exposure',
  level: 'node',
  cost: 1,
  reads: ['services', 'pods', 'nodes'],
  runs: wayQueries,
  from: ['outside', 'ip'],
  to: ['service', 'node'],
  evidence: evidenceSchema,
  outcomes: {
    'by-uplink': 'pass',
    'into-pod-network': 'fail',
    'no-way-back': 'fail',
    refused: 'fail',
    // Harmless where nothing on the way remembers connections.
    'by-another-device': 'warn',
    'not-told': 'unsure',
  },

  async collect({ kube, node }, flow): Promise<Evidence> {
    const { address = '' } = flow.from;
    if (address === '') return { address, seen: [], unseen: [] };
    const places = await withOtherNodes(kube, await nodesOfFlow(kube, flow), nodesAsked);
    const leases = (await kube.list('nodes', { limit: mostNodes })).map((one) => ({
      ...flannelLeaseOf(one),
      name: nameOf(one),
    }));
    const podRanges = leases.flatMap(({ ranges }) => ranges);
    const looked = await eachNode(places, async (place) => {
      const nodeAddresses = leases.find(({ name }) => name === place.node)?.addresses ?? [];
      const [view, said] = await Promise.all([
        wayView(node(place.node), { to: address, podRanges, nodeAddresses }),
        node(place.node).run(ipLinks, {}),
      ]);
      const own = readable(said, 'The network devices').filter(({ addresses }) =>
        addresses.some((one) => nodeAddresses.includes(one.address)),
      );
      return { ...view, named: own.map(({ name }) => name) };
    });
    return { address, ...looked };
  },

  interpret(evidence) {
    const all = judged(evidence);
    const [first] = all;
    if (!first) return { outcome: 'not-told' };
    const { own, node, named } = first.view;
    const facts = {
      ...{ address: evidence.address, node, dev: own.route?.dev ?? '', message: own.message, uplinks: named },
      nodes: all.filter(({ word }) => word === first.word).map(({ view }) => view.node),
      unseen: evidence.unseen.map((one) => one.node),
    };
    return { outcome: first.word, facts };
  },
});
