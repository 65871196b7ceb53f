import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { agentContainer, pluginNodes } from '../../domain/plugin-nodes.js';
import { defineStep } from '../../domain/step.js';
import { type Drop, type HubbleDrops, hubbleDropsSchema } from '../../parse/plugins/hubble-drops.js';
import { hubbleDrops } from '../../queries/plugins/hubble-drops.js';
import { eachNode, unseenSchema } from '../../queries/probes/each-node.js';
import { endsOf, podPairSchema, probed } from '../../queries/probes/flow-probe.js';
import { tcpConnect } from '../../queries/tcp-connect.js';

const evidenceSchema = z.object({
  here: z.boolean(),
  pair: podPairSchema.optional(),
  /** What Hubble told of these two addresses only after the probe. */
  seen: z.array(z.object({ node: z.string(), told: hubbleDropsSchema })),
  unseen: z.array(unseenSchema),
});
type Evidence = z.infer<typeof evidenceSchema>;

// The names of DropReason in api/v1/flow/flow.proto of Cilium.
const policy = ['POLICY_DENIED', 'POLICY_DENY', 'AUTH_REQUIRED'];
const words: Readonly<Record<string, string>> = {
  CT_MAP_INSERTION_FAILED: 'not-tracked',
  NO_MAPPING_FOR_NAT_MASQUERADE: 'no-nat-port',
  SNAT_NO_MAP_FOUND: 'no-nat-port',
  STALE_OR_UNROUTABLE_IP: 'unroutable',
  NO_NODE_ID: 'encryption',
  UNENCRYPTED_TRAFFIC: 'encryption',
};
type Word = 'not-tracked' | 'no-nat-port' | 'unroutable' | 'encryption' | 'dropped-otherwise';

// reserved:world, and its two halves where both families are on (pkg/identity/reserved of Cilium).
const world = [2, 9, 10];
const others = ({ from, to }: Drop) => world.includes(from) || world.includes(to);

const wordOf = (drop: Drop) => {
  if (policy.includes(drop.reason)) return others(drop) ? 'denied-as-world' : 'policy-denied';
  return (words[drop.reason] ?? 'dropped-otherwise') as Word;
};

const keyOf = ({ time, sourcePort, reason }: Drop) => `${time} ${sourcePort} ${reason}`;

/** What is told now and was not told before. */
const newly = (before: HubbleDrops, after: HubbleDrops): HubbleDrops => {
  const old = new Set(before.drops.map(keyOf));
  return { ...after, drops: after.drops.filter((drop) => !old.has(keyOf(drop))).slice(0, 40) };
};

const ofFlow = ({ seen, pair }: Evidence) =>
  seen.flatMap(({ node, told }) =>
    told.drops.filter(({ port }) => port === pair?.port).map((drop) => ({ ...drop, on: node })),
  );

export default defineStep({
  stage: 'cni',
  level: 'node',
  cost: 2,
  reads: ['services', 'pods', 'nodes'],
  runs: [hubbleDrops, tcpConnect],
  from: ['pod'],
  to: ['service', 'pod'],
  evidence: evidenceSchema,
  outcomes: {
    passes: 'pass',
    'nothing-dropped': 'pass',
    'policy-denied': 'fail',
    'denied-as-world': 'fail',
    'not-tracked': 'fail',
    'no-nat-port': 'fail',
    unroutable: 'fail',
    encryption: 'fail',
    'dropped-otherwise': 'warn',
    'too-few': 'unsure',
    'partly-seen': 'unsure',
    'not-tried': 'unsure',
    'not-cilium': 'unsure',
  },

  async collect({ kube, pod }, flow): Promise<Evidence> {
    const nodes = await pluginNodes(kube, flow, 'cilium');
    if (!nodes) return { here: false, seen: [], unseen: [] };
    const ends = await endsOf(kube, flow);
    if (!ends) return { here: true, seen: [], unseen: [] };
    const args = { source: ends.start.address, destination: ends.end.address };
    const ask = async (node: string) => {
      const told = await pod(await agentContainer(kube, node, 'cilium')).run(hubbleDrops, args);
      if (!told.understood) throw new CannotLook('lost', `Hubble on ${node}: ${told.strange[0] ?? ''}`);
      return { told };
    };
    const watched = nodes.filter(({ node }) => [ends.start.node, ends.end.node].includes(node));
    const before = await eachNode(watched, ({ node }) => ask(node));
    const pair = await probed(pod, flow.from, ends);
    const after = await eachNode(
      before.seen.map(({ node, role }) => ({ node, role })),
      ({ node }) => ask(node),
    );
    const seen = after.seen.flatMap(({ node, told }) => {
      const first = before.seen.find((one) => one.node === node);
      return first ? [{ node, told: newly(first.told, told) }] : [];
    });
    return { here: true, pair, seen, unseen: [...before.unseen, ...after.unseen] };
  },

  interpret(evidence) {
    const { here, pair, unseen } = evidence;
    if (!here) return { outcome: 'not-cilium' };
    if (!pair) return { outcome: 'not-tried' };
    const { failed, of } = pair.connect;
    const nodes = evidence.seen.map(({ node }) => node);
    const facts = { nodes, address: pair.address, 'target-port': pair.port, failed, of };
    if (failed < of) return { outcome: 'passes', facts };
    const found = ofFlow(evidence);
    const [drop] = found;
    if (drop) {
      const { on, reason, direction, policies } = drop;
      const counted = found.filter((one) => one.reason === reason).length;
      const more = { ...facts, node: on, reason, direction, policies, counted };
      return { outcome: counted < failed ? 'too-few' : wordOf(drop), facts: more };
    }
    if (unseen[0]) return { outcome: 'partly-seen', facts: { ...facts, unseen: unseen[0].node } };
    return { outcome: 'nothing-dropped', facts };
  },
});
