import { z } from 'zod';
import type { Facts } from '../../domain/finding.js';
import type { Flow } from '../../domain/flow.js';
import { type FlowPod, podsOfFlow } from '../../domain/flow-pods.js';
import { defineStep } from '../../domain/step.js';
import { ipLinks } from '../../queries/links/ip-links.js';
import { routeTo } from '../../queries/links/route-to.js';
import { servingPods } from '../../queries/probes/serving-pods.js';
import { type TunnelTraffic, tunnelTraffic, tunnelTrafficSchema } from '../../queries/probes/tunnel-traffic.js';
import { tcpConnect } from '../../queries/tcp-connect.js';

const evidenceSchema = z.object({
  node: z.string(),
  other: z.string(),
  address: z.string(),
  traffic: tunnelTrafficSchema.optional(),
});
type Evidence = z.infer<typeof evidenceSchema>;

interface Pair {
  readonly self: string;
  readonly far: FlowPod;
}

/** The Node of the source, and a Pod of the destination on another one. */
const pairOf = (pods: readonly FlowPod[], from: Flow<'pod' | 'node'>['from']): Pair | undefined => {
  const source = pods.find(({ role }) => role === 'source')?.node;
  const self = from.kind === 'node' ? from.name : source;
  const far = pods.find((one) => one.role === 'destination' && one.node !== self && !one.host && one.address !== '');
  return self && far ? { self, far } : undefined;
};

// Nobody listens on discard, and the refusal of a closed port comes through the tunnel as well as an answer does.
const anyPort = 9;
// Above that, most of what was counted belongs to others, and says nothing of these tries.
const busy = 8;

/** Each try sends one packet at least. Where fewer arrive than were sent for sure, some were lost on the way. */
const judge = ({ connect, here, there }: TunnelTraffic) => {
  const { of: tries, open, classes } = connect;
  if (open > 0 || (classes.refused ?? 0) > 0) return 'passes';
  if (here.sent < tries) return 'not-sent';
  if (here.sent > tries * busy) return 'too-busy';
  if (there.received < tries) return 'lost-on-the-way';
  if (there.sent < tries) return 'not-answered';
  return here.received < tries ? 'answers-lost' : 'both-ways';
};

const told = ({ node, other, address }: Evidence, { device, connect, here, there }: TunnelTraffic): Facts => ({
  ...{ node, other, address, device },
  tries: connect.of,
  sent: here.sent,
  arrived: there.received,
  answered: there.sent,
  returned: here.received,
});

export default defineStep({
  stage: 'cni',
  level: 'node',
  cost: 2,
  reads: ['services', 'pods'],
  runs: [ipLinks, routeTo, tcpConnect],
  from: ['pod', 'node'],
  to: ['service', 'pod'],
  evidence: evidenceSchema,
  outcomes: {
    passes: 'pass',
    'lost-on-the-way': 'fail',
    'answers-lost': 'fail',
    'not-sent': 'unsure',
    'not-answered': 'unsure',
    'both-ways': 'unsure',
    'too-busy': 'unsure',
    'no-tunnel': 'unsure',
    'one-node': 'unsure',
  },

  async collect({ kube, node, pod }, flow): Promise<Evidence> {
    const { from } = flow;
    const pair = pairOf(await podsOfFlow(kube, flow), from);
    if (!pair) return { node: '', other: '', address: '' };
    const { self, far } = pair;
    const serving = (await servingPods(kube, flow)).find((one) => one.pod === far.pod);
    const source = from.kind === 'pod' ? pod({ namespace: from.namespace, name: from.name }) : undefined;
    const ends = { here: node(self), there: node(far.node), pod: source };
    const traffic = await tunnelTraffic(ends, far, serving?.port ?? anyPort);
    return { node: self, other: far.node, address: far.address, ...(traffic ? { traffic } : {}) };
  },

  interpret(evidence) {
    if (evidence.other === '') return { outcome: 'one-node' };
    if (!evidence.traffic) return { outcome: 'no-tunnel' };
    return { outcome: judge(evidence.traffic), facts: told(evidence, evidence.traffic) };
  },
});
