import { z } from 'zod';
import type { Facts } from '../../domain/finding.js';
import { type FlowNode, flowNodeSchema, nodesOfFlow } from '../../domain/flow-nodes.js';
import { podsOfFlow } from '../../domain/flow-pods.js';
import { isKnownHook } from '../../domain/known-hooks.js';
import { internalAddress } from '../../domain/node-address.js';
import { defineStep } from '../../domain/step.js';
import type { PacketHook } from '../../parse/links/packet-hooks.js';
import { ipLinks } from '../../queries/links/ip-links.js';
import { packetHooks } from '../../queries/links/packet-hooks.js';
import { routeTo } from '../../queries/links/route-to.js';
import { unseenSchema } from '../../queries/probes/each-node.js';
import { hooksOnWay, hooksOnWaySchema } from '../../queries/probes/hooks-on-way.js';
import { nodesOfEnds } from '../../queries/probes/nodes-of-ends.js';

const nameOf = ({ name, id }: PacketHook) => (name === '' ? `id ${id}` : name);
const say = (hook: PacketHook) => `${hook.device} ${hook.way} ${nameOf(hook)}`;

const unsaid = ({ node, why }: z.infer<typeof unseenSchema>): Facts => ({ unseen: node, why });

export default defineStep({
  stage: 'cni',
  level: 'node',
  cost: 1,
  reads: ['services', 'pods', 'nodes'],
  runs: [ipLinks, routeTo, packetHooks],
  from: ['pod', 'node'],
  to: ['service', 'pod'],
  evidence: z.object({
    seen: z.array(z.strictObject({ ...flowNodeSchema.shape, ...hooksOnWaySchema.shape })),
    unseen: z.array(unseenSchema),
  }),
  // Most such programs only watch; that one takes packets away shows where packets are lost, not that it is there.
  outcomes: { none: 'pass', known: 'pass', foreign: 'warn', 'partly-seen': 'unsure' },

  async collect({ kube, node }, flow) {
    const [nodes, pods] = await Promise.all([nodesOfFlow(kube, flow), podsOfFlow(kube, flow)]);
    const look = async (place: FlowNode) => {
      const object = await kube.get('nodes', { name: place.node });
      return await hooksOnWay(node(place.node), pods, internalAddress(object) ?? '');
    };
    return await nodesOfEnds(nodes, look);
  },

  interpret({ seen, unseen }) {
    const ends = seen.filter(({ role }) => role !== 'peer');
    const peers = seen.filter(({ role }) => role === 'peer').flatMap(({ hooks }) => hooks.map(({ name }) => name));
    const all = ends.flatMap(({ node, hooks }) => hooks.map((hook) => ({ node, hook })));
    const strange = all.filter(({ hook }) => !isKnownHook(hook.name));
    const [worst] = strange.toSorted(
      (a, b) => Number(peers.includes(a.hook.name)) - Number(peers.includes(b.hook.name)),
    );
    const devices = ends.map(({ node, devices: looked }) => `${node} ${looked.join(' ')}`);
    if (worst) {
      const { node, hook } = worst;
      const facts: Facts = {
        ...{ node, device: hook.device, program: nameOf(hook), elsewhere: peers.includes(hook.name) },
        programs: strange.map((one) => `${one.node} ${say(one.hook)}`),
      };
      return { outcome: 'foreign', facts };
    }
    const missing = unseen.find(({ role }) => role !== 'peer');
    if (missing) return { outcome: 'partly-seen', facts: unsaid(missing) };
    const facts: Facts = { programs: [...new Set(all.map(({ hook }) => hook.name))], devices };
    return { outcome: all.length > 0 ? 'known' : 'none', facts };
  },
});
