import { z } from 'zod';
import type { Port } from '../../domain/flow.js';
import { ifReadable } from '../../domain/if-readable.js';
import { kubeletPort } from '../../domain/node-address.js';
import type { RunPort } from '../../domain/ports.js';
import { sourceNode } from '../../domain/source-node.js';
import { defineStep } from '../../domain/step.js';
import { ipLinks } from '../../queries/links/ip-links.js';
import { addressOfEnd, endQueries } from '../../queries/probes/address-of-end.js';
import { hopQueries, hopView, hopViewSchema } from '../../queries/probes/next-hop.js';

const evidenceSchema = z.object({
  node: z.string(),
  address: z.string(),
  ...hopViewSchema.shape,
  /** Hardware addresses of the destination as it says itself, where it is a Node that is its own next hop. */
  macs: z.array(z.string()),
});
type Evidence = z.infer<typeof evidenceSchema>;

const numbered = (port: Port | undefined) => (typeof port === 'number' ? port : kubeletPort);

const macsOf = async (node: RunPort<typeof ipLinks>) => {
  const said = await ifReadable(node.run(ipLinks, {}));
  return (said?.rows ?? []).map(({ mac }) => mac).filter((mac) => mac !== '');
};

const unanswered = ['FAILED', 'INCOMPLETE'];

const wordOf = ({ hop, neighbour, macs }: Evidence) => {
  if (!hop) return 'no-next-hop';
  if (!neighbour) return 'not-asked';
  if (neighbour.mac === undefined || unanswered.includes(neighbour.state)) return 'silent';
  if (macs.length > 0 && !macs.includes(neighbour.mac)) return 'another-answers';
  return 'answers';
};

export default defineStep({
  stage: 'cni',
  hop: 'overlay',
  level: 'node',
  cost: 2,
  reads: ['pods', 'nodes'],
  runs: [...hopQueries, ...endQueries],
  from: ['pod', 'node'],
  to: ['ip', 'node'],
  evidence: evidenceSchema,
  outcomes: {
    answers: 'pass',
    silent: 'fail',
    'another-answers': 'fail',
    'not-asked': 'unsure',
    'no-next-hop': 'unsure',
  },

  async collect({ kube, node }, { from, to, port }): Promise<Evidence> {
    const name = await sourceNode(kube, from);
    const address = await addressOfEnd({ kube, node }, to);
    if (!name || !address) return { node: name, address: address ?? '', dev: '', macs: [] };
    const view = await hopView(node(name), { address, port: numbered(port) });
    const macs = to.kind === 'node' && view.hop === address ? await macsOf(node(to.name)) : [];
    return { node: name, address, ...view, macs };
  },

  interpret(evidence) {
    const { node, address, hop, dev, connect, neighbour, macs } = evidence;
    const facts = {
      ...{ node, address, 'next-hop': hop ?? '', dev, found: neighbour?.mac ?? '-' },
      ...{ state: neighbour?.state ?? '', wanted: macs, failed: connect?.failed ?? 0, of: connect?.of ?? 0 },
    };
    return { outcome: wordOf(evidence), facts };
  },
});
