import { z } from 'zod';
import { defineStep } from '../../domain/step.js';
import {
  type Encrypted,
  encryptedQueries,
  encryptedSchema,
  encryptedTraffic,
} from '../../queries/probes/encrypted-traffic.js';
import { acrossNodes } from '../../queries/probes/far-pod.js';

const evidenceSchema = z.object({
  node: z.string(),
  other: z.string(),
  address: z.string(),
  traffic: encryptedSchema.optional(),
});
type Evidence = z.infer<typeof evidenceSchema>;

// Whoever has something to send agrees anew every two minutes; after three no key is valid (wireguard.com/protocol).
const longestAgreement = 180;
const reached = ({ connect }: Encrypted) => connect.open > 0 || (connect.classes.refused ?? 0) > 0;

const judgePeer = ({ peer }: Encrypted) => {
  if (!peer) return 'no-peer';
  if (peer.sent === 0) return 'not-sent';
  if (peer.agreedAgo === undefined) return 'never-agreed';
  return peer.agreedAgo > longestAgreement && peer.received === 0 ? 'agreement-old' : 'not-answered';
};

const judge = (traffic: Encrypted) => {
  const { devices, device, peer, ipsec } = traffic;
  const thrown = Object.keys(ipsec).length > 0;
  // An agent with its programs in the kernel sends by another device and encrypts later (Cilium).
  const encrypted = peer !== undefined || devices.includes(device);
  if (reached(traffic)) return encrypted || thrown ? 'agreed' : 'not-encrypted';
  if (encrypted) return judgePeer(traffic);
  return thrown ? 'ipsec-drops' : 'not-encrypted';
};

const said = (outcome: ReturnType<typeof judge>, { peer, ipsec }: Encrypted) => {
  if (outcome === 'ipsec-drops')
    return Object.entries(ipsec)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ');
  if (!peer) return 'no peer';
  return `last handshake ${peer.agreedAgo ?? '-'} s, sent ${peer.sent} B, received ${peer.received} B`;
};

export default defineStep({
  stage: 'cni',
  hop: 'overlay',
  level: 'node',
  cost: 2,
  reads: ['services', 'pods'],
  runs: encryptedQueries,
  from: ['pod', 'node'],
  to: ['service', 'pod'],
  evidence: evidenceSchema,
  outcomes: {
    agreed: 'pass',
    'never-agreed': 'fail',
    'agreement-old': 'fail',
    'no-peer': 'fail',
    'ipsec-drops': 'fail',
    'not-answered': 'unsure',
    'not-sent': 'unsure',
    'not-encrypted': 'unsure',
    'one-node': 'unsure',
  },

  collect: (ports, flow): Promise<Evidence> => acrossNodes(ports, flow, encryptedTraffic),

  interpret({ node, other, address, traffic }) {
    if (!traffic) return { outcome: 'one-node' };
    const outcome = judge(traffic);
    const { of: tries, failed } = traffic.connect;
    const device = outcome === 'ipsec-drops' ? 'IPsec' : (traffic.devices[0] ?? traffic.device);
    return { outcome, facts: { node, other, address, device, tries, failed, found: said(outcome, traffic) } };
  },
});
