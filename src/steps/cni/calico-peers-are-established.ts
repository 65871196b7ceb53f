import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { facts } from '../../domain/finding.js';
import { flowNodeSchema } from '../../domain/flow-nodes.js';
import type { KubeObject } from '../../domain/kinds.js';
import { agentContainer, pluginNodes } from '../../domain/plugin-nodes.js';
import { defineStep } from '../../domain/step.js';
import { type BgpPeer, birdProtocolsSchema } from '../../parse/plugins/bird-protocols.js';
import { birdProtocols } from '../../queries/plugins/bird-protocols.js';
import { eachNode, unseenSchema } from '../../queries/probes/each-node.js';

const seenSchema = z.object({
  ...flowNodeSchema.shape,
  /** Every address the others may know it by. */
  addresses: z.array(z.string()),
  bird: birdProtocolsSchema,
});
type Seen = z.infer<typeof seenSchema>;

const evidenceSchema = z.object({ seen: z.array(seenSchema).optional(), unseen: z.array(unseenSchema) });

const addressesOf = (object: KubeObject<'nodes'> | undefined) => {
  const chosen = (object?.metadata?.annotations?.['projectcalico.org/IPv4Address'] ?? '').split('/')[0] ?? '';
  const listed = (object?.status?.addresses ?? []).map(({ address }) => address);
  return [...new Set([chosen, ...listed].filter((address) => address !== ''))];
};

const stands = ({ session }: BgpPeer) => session === 'Established';

interface Gap {
  readonly node: string;
  readonly peer: BgpPeer;
}

const gaps = (seen: readonly Seen[]): Gap[] =>
  seen.flatMap(({ node, bird }) => bird.peers.filter((peer) => !stands(peer)).map((peer) => ({ node, peer })));

/** Between two Nodes of the flow, or every session of one of them: that is what the flow would go by. */
const ofFlow = ({ node, peer }: Gap, seen: readonly Seen[]) => {
  const own = seen.find((one) => one.node === node);
  const between = seen.some((one) => one.node !== node && one.addresses.includes(peer.address));
  return between || (own?.bird.peers.every((one) => !stands(one)) ?? false);
};

const told = ({ node, peer }: Gap) => ({ node, peer: peer.address, session: peer.session, info: peer.info });

export default defineStep({
  stage: 'cni',
  hop: 'overlay',
  level: 'node',
  cost: 1,
  reads: ['services', 'pods', 'nodes'],
  runs: [birdProtocols],
  from: ['pod', 'node'],
  to: ['service', 'pod'],
  evidence: evidenceSchema,
  outcomes: {
    established: 'pass',
    down: 'fail',
    'down-elsewhere': 'warn',
    'no-sessions': 'unsure',
    'no-bgp': 'unsure',
    'one-node': 'unsure',
    'partly-seen': 'unsure',
    'not-calico': 'unsure',
  },

  async collect({ kube, pod }, flow) {
    const nodes = await pluginNodes(kube, flow, 'calico');
    if (!nodes) return { unseen: [] };
    return await eachNode(nodes, async ({ node }) => {
      const [container, object] = await Promise.all([
        agentContainer(kube, node, 'calico'),
        kube.get('nodes', { name: node }),
      ]);
      const bird = await pod(container).run(birdProtocols, { family: 'ip' });
      if (bird.daemon === 'not-understood') throw new CannotLook('lost', `BIRD on ${node}: ${bird.strange[0] ?? ''}`);
      return { addresses: addressesOf(object), bird };
    });
  },

  interpret({ seen, unseen }) {
    if (!seen) return { outcome: 'not-calico' };
    const nodes = seen.map(({ node }) => node);
    const found = gaps(seen);
    const own = found.find((gap) => ofFlow(gap, seen));
    if (own && seen.length + unseen.length > 1) return { outcome: 'down', facts: told(own) };
    if (unseen[0]) return { outcome: 'partly-seen', facts: facts({ unseen: unseen[0].node, why: unseen[0].why }) };
    if (seen.length < 2) return { outcome: 'one-node', facts: facts({ nodes }) };
    if (seen.every(({ bird }) => bird.daemon === 'absent')) return { outcome: 'no-bgp', facts: facts({ nodes }) };
    if (seen.some(({ bird }) => bird.peers.length === 0)) return { outcome: 'no-sessions', facts: facts({ nodes }) };
    if (found[0]) return { outcome: 'down-elsewhere', facts: told(found[0]) };
    return { outcome: 'established', facts: facts({ nodes }) };
  },
});
