import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import type { Facts } from '../../domain/finding.js';
import { ifReadable } from '../../domain/if-readable.js';
import { defineStep } from '../../domain/step.js';
import { type LookupTime, lookupTimeSchema } from '../../parse/lookup-times.js';
import { clusterDomain } from '../../parse/resolv-conf.js';
import { lookupTimes } from '../../queries/lookup-times.js';
import { readCounters, windowQueries } from '../../queries/probes/failing-window.js';
import { resolverConfig } from '../../queries/resolver-config.js';

const evidenceSchema = z.strictObject({
  node: z.string(),
  name: z.string(),
  lookups: z.array(lookupTimeSchema),
  /** Packets whose entry clashed with another one meanwhile; absent where the node could not be read. */
  clashes: z.int().optional(),
});

// A resolver asks again after five seconds, that of musl after two and a half.
const slowMs = 2300;
const isSlow = ({ ms, class: heard }: LookupTime) => heard === 'timeout' || (ms ?? 0) >= slowMs;

const judge = (slow: number, of: number, clashes: number | undefined) => {
  if (slow === 0) return 'quick';
  if (slow === of) return 'all-slow';
  if (clashes === undefined) return 'some-slow-uncounted';
  // Newer kernels settle most clashes by themselves (nf_ct_resolve_clash), and then nothing is lost and nothing counted.
  return clashes > 0 ? 'clashing' : 'some-slow';
};

export default defineStep({
  stage: 'mtu-conntrack',
  hop: 'name',
  level: 'node',
  cost: 2,
  reads: ['pods'],
  runs: [lookupTimes, ...windowQueries],
  from: ['pod'],
  to: ['service', 'pod', 'ip'],
  evidence: evidenceSchema,
  outcomes: {
    quick: 'pass',
    clashing: 'fail',
    'some-slow': 'warn',
    'some-slow-uncounted': 'warn',
    'all-slow': 'warn',
    'not-answered': 'unsure',
    'no-source': 'unsure',
  },

  async collect({ kube, pod, node }, { from }) {
    const source = await kube.get('pods', { namespace: from.namespace, name: from.name });
    const place = source?.spec?.nodeName ?? '';
    if (!place) return { node: '', name: '', lookups: [] };
    const run = pod({ namespace: from.namespace, name: from.name });
    const config = await ifReadable(run.run(resolverConfig, {}));
    const name = `kubernetes.default.svc.${(config && clusterDomain(config)) ?? 'cluster.local'}.`;
    const before = await ifReadable(readCounters(node(place), '1'));
    const lookups = await run.run(lookupTimes, { name, since: '1' });
    const after = await ifReadable(readCounters(node(place), '2'));
    if (lookups.length === 0) throw new CannotLook('lost', 'The lookups ended without a word.');
    const [was, is] = [before, after].map((one) => one?.conntrack?.events?.insert_failed);
    const clashes = was === undefined || is === undefined ? {} : { clashes: Math.max(0, is - was) };
    return { node: place, name, lookups, ...clashes };
  },

  interpret({ node, name, lookups, clashes }) {
    const answered = lookups.filter(({ class: heard }) => heard === 'found' || heard === 'timeout');
    const slow = answered.filter(isSlow);
    const longest = Math.max(0, ...answered.map(({ ms = 0 }) => ms));
    const counted: Facts = clashes === undefined ? {} : { clashes };
    const facts = { node, name, slow: slow.length, tries: lookups.length, longest, ...counted };
    if (node === '') return { outcome: 'no-source' };
    // Where nobody answers at all, the two questions are no reason.
    if (!answered.some(({ class: heard }) => heard === 'found')) return { outcome: 'not-answered', facts };
    return { outcome: judge(slow.length, answered.length, clashes), facts };
  },
});
