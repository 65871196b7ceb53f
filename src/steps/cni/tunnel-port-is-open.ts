import { z } from 'zod';
import type { Facts } from '../../domain/finding.js';
import type { Flow } from '../../domain/flow.js';
import { podsOfFlow } from '../../domain/flow-pods.js';
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

const sourceNode = ({ from }: Pick<Flow<'pod' | 'node'>, 'from'>, nodeOfPod: string) =>
  from.kind === 'node' ? from.name : nodeOfPod;

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
    const pods = await podsOfFlow(kube, flow);
    const self = sourceNode(flow, pods.find(({ role }) => role === 'source')?.node ?? '');
    const far = pods.find((one) => one.role === 'destination' && one.node !== self && !one.host && one.address !== '');
    const found = { node: self, other: far?.node ?? '', address: far?.address ?? '' };
    if (!far || self === '') return found;
    const serving = (await servingPods(kube, flow)).find((one) => one.pod === far.pod);
    const { from } = flow;
    const source = from.kind === 'pod' ? pod({ namespace: from.namespace, name: from.name }) : undefined;
    const ends = { here: node(self), there: node(far.node), pod: source };
    const traffic = await tunnelTraffic(ends, far, serving?.port ?? anyPort);
    return { ...found, ...(traffic ? { traffic } : {}) };
  },

  interpret(evidence) {
    if (evidence.other === '' || evidence.node === '') return { outcome: 'one-node' };
    if (!evidence.traffic) return { outcome: 'no-tunnel' };
    return { outcome: judge(evidence.traffic), facts: told(evidence, evidence.traffic) };
  },
});
