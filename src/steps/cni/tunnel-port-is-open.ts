import { z } from 'zod';
import type { Facts } from '../../domain/finding.js';
import { defineStep } from '../../domain/step.js';
import { ipLinks } from '../../queries/links/ip-links.js';
import { routeTo } from '../../queries/links/route-to.js';
import { acrossNodes } from '../../queries/probes/far-pod.js';
import { thrownQueries } from '../../queries/probes/thrown-away.js';
import { type TunnelTraffic, tunnelTraffic, tunnelTrafficSchema } from '../../queries/probes/tunnel-traffic.js';
import { tcpConnect } from '../../queries/tcp-connect.js';

const evidenceSchema = z.object({
  node: z.string(),
  other: z.string(),
  address: z.string(),
  traffic: tunnelTrafficSchema.optional(),
});
type Evidence = z.infer<typeof evidenceSchema>;

// Above that, most of what was counted belongs to others, and says nothing of these tries.
const busy = 8;

/** The network between is blamed for what the ends did not throw away themselves. */
const lost = (tries: number, { ipsec, checksums }: TunnelTraffic['thrown']) => {
  if (ipsec >= tries) return 'lost-to-ipsec';
  return checksums >= tries ? 'lost-to-checksums' : 'lost-on-the-way';
};

/** Each try sends one packet at least. Where fewer arrive than were sent for sure, some were lost on the way. */
const judge = ({ connect, here, there, thrown }: TunnelTraffic) => {
  const { of: tries, open, classes } = connect;
  if (open > 0 || (classes.refused ?? 0) > 0) return 'passes';
  if (here.sent < tries) return 'not-sent';
  if (here.sent > tries * busy) return 'too-busy';
  if (there.received < tries) return lost(tries, thrown);
  if (there.sent < tries) return 'not-answered';
  return here.received < tries ? 'answers-lost' : 'both-ways';
};

const told = ({ node, other, address }: Evidence, { device, connect, here, there, thrown }: TunnelTraffic): Facts => ({
  ...{ node, other, address, device },
  tries: connect.of,
  sent: here.sent,
  arrived: there.received,
  answered: there.sent,
  returned: here.received,
  thrown: Math.max(thrown.ipsec, thrown.checksums),
  found: `xfrm_stat +${thrown.ipsec}`,
});

export default defineStep({
  stage: 'cni',
  hop: 'overlay',
  level: 'node',
  cost: 2,
  reads: ['services', 'pods'],
  runs: [ipLinks, routeTo, tcpConnect, ...thrownQueries],
  from: ['pod', 'node'],
  to: ['service', 'pod'],
  evidence: evidenceSchema,
  outcomes: {
    passes: 'pass',
    'lost-on-the-way': 'fail',
    'answers-lost': 'fail',
    'lost-to-ipsec': 'fail',
    'lost-to-checksums': 'fail',
    'not-sent': 'unsure',
    'not-answered': 'unsure',
    'both-ways': 'unsure',
    'too-busy': 'unsure',
    'no-tunnel': 'unsure',
    'one-node': 'unsure',
  },

  collect: (ports, flow): Promise<Evidence> => acrossNodes(ports, flow, tunnelTraffic),

  interpret(evidence) {
    if (evidence.other === '') return { outcome: 'one-node' };
    if (!evidence.traffic) return { outcome: 'no-tunnel' };
    return { outcome: judge(evidence.traffic), facts: told(evidence, evidence.traffic) };
  },
});
