import { z } from 'zod';
import { capped } from '../../domain/capped.js';
import { ifReadable } from '../../domain/if-readable.js';
import { nameOf } from '../../domain/name-of.js';
import { someNodes } from '../../domain/node-address.js';
import { holds, overlap } from '../../domain/ranges.js';
import { anyEnd, defineStep } from '../../domain/step.js';

// One or two per cluster.
const someRanges = 10;

const nodeSchema = z.strictObject({ name: z.string(), addresses: z.array(z.string()), podRanges: z.array(z.string()) });

export default defineStep({
  stage: 'service',
  level: 'observe',
  cost: 0,
  reads: ['servicecidrs', 'nodes'],
  runs: [],
  from: anyEnd,
  to: ['ip', 'service', 'pod'],
  evidence: z.strictObject({
    /** Absent where the API server does not serve them (before 1.33) or nobody may read them. */
    ranges: z.array(z.string()).optional(),
    nodes: z.array(nodeSchema),
    address: z.string(),
  }),
  outcomes: {
    apart: 'pass',
    'holds-a-node': 'fail',
    'holds-pods': 'fail',
    'holds-the-destination': 'warn',
    'not-told': 'unsure',
  },

  async collect({ kube }, { to }) {
    const [found, nodes] = await Promise.all([
      ifReadable(kube.list('servicecidrs', { limit: someRanges })),
      kube.list('nodes', { limit: someNodes }),
    ]);
    const ranges = found?.flatMap(({ spec }) => spec?.cidrs ?? []);
    return {
      ...(ranges && ranges.length > 0 && { ranges }),
      nodes: nodes.map((node) => ({
        name: nameOf(node),
        addresses: (node.status?.addresses ?? []).flatMap(({ type, address }) =>
          type.endsWith('IP') ? [address] : [],
        ),
        podRanges: node.spec?.podCIDRs ?? [],
      })),
      address: to.kind === 'ip' ? to.address : '',
    };
  },

  interpret({ ranges, nodes, address }) {
    if (!ranges) return { outcome: 'not-told' };
    const isTaken = (one: string) => ranges.some((range) => holds(range, one));
    const taken = nodes.filter(({ addresses }) => addresses.some(isTaken));
    const shared = nodes.flatMap(({ podRanges }) =>
      podRanges.filter((one) => ranges.some((range) => overlap(range, one))),
    );
    const facts = { ranges, address, nodes: capped(taken.map(({ name }) => name)), 'pod-ranges': capped(shared) };
    if (taken.length > 0) return { outcome: 'holds-a-node', facts };
    if (shared.length > 0) return { outcome: 'holds-pods', facts };
    return { outcome: isTaken(address) ? 'holds-the-destination' : 'apart', facts };
  },
});
