import { z } from 'zod';
import { dnsDeployments, dnsPods } from '../../domain/cluster-dns.js';
import type { KubeObject } from '../../domain/kinds.js';
import { nameOf } from '../../domain/name-of.js';
import { anyEnd, defineStep } from '../../domain/step.js';
import type { CorefilePlugin } from '../../parse/dns/corefile.js';
import { clusterCorefile } from '../../queries/probes/cluster-corefile.js';

// What asks a server that is gone asks again after five seconds, and connection tables forget it after 30 to 120.
const recentMs = 600_000;

const isYoung = (time: string | undefined, now: number) => now - Date.parse(time ?? '') < recentMs;

const replicaSchema = z.strictObject({ name: z.string(), leaving: z.boolean(), young: z.boolean() });

const replicaOf = (pod: KubeObject<'pods'>, now: number) => ({
  name: nameOf(pod),
  leaving: pod.metadata?.deletionTimestamp !== undefined,
  young: isYoung(pod.metadata?.creationTimestamp, now),
});

/** What `health { lameduck 5s }` says: how long a server goes on answering after it was told to end. */
const lameduckOf = (plugins: readonly CorefilePlugin[]): string =>
  plugins
    .filter(({ name }) => name === 'health')
    .flatMap(({ settings }) => settings.filter(({ name }) => name === 'lameduck'))
    .flatMap(({ args }) => args[0] ?? [])
    .at(-1) ?? '';

/** What owns them is as young as they are: they took the place of nobody. */
const isFirst = (owners: readonly KubeObject<'deployments'>[], now: number) =>
  owners.length > 0 && owners.every(({ metadata }) => isYoung(metadata?.creationTimestamp, now));

export default defineStep({
  stage: 'dns',
  level: 'observe',
  cost: 0,
  reads: ['pods', 'configmaps', 'deployments'],
  runs: [],
  from: anyEnd,
  to: anyEnd,
  evidence: z.strictObject({
    replicas: z.array(replicaSchema),
    /** The installation itself is that young. */
    first: z.boolean(),
    /** Absent where no Corefile was found; empty where it grants no time. */
    lameduck: z.string().optional(),
  }),
  outcomes: { steady: 'pass', gentle: 'pass', abrupt: 'warn', 'no-replicas': 'unsure', 'no-corefile': 'unsure' },

  async collect({ kube, clock }) {
    const now = clock.now();
    const [pods, owners, found] = await Promise.all([dnsPods(kube), dnsDeployments(kube), clusterCorefile(kube)]);
    return {
      replicas: pods.map((pod) => replicaOf(pod, now)),
      first: isFirst(owners, now),
      ...(found && { lameduck: lameduckOf(found.corefile.blocks.flatMap(({ plugins }) => plugins)) }),
    };
  },

  interpret({ replicas, first, lameduck }) {
    if (replicas.length === 0) return { outcome: 'no-replicas' };
    const changed = replicas.filter(({ leaving, young }) => leaving || young).map(({ name }) => name);
    const facts = { changed, total: replicas.length, lameduck: lameduck ?? '' };
    if (changed.length === 0 || first) return { outcome: 'steady', facts };
    if (lameduck === undefined) return { outcome: 'no-corefile', facts };
    return { outcome: lameduck === '' || /^0\D*$/.test(lameduck) ? 'abrupt' : 'gentle', facts };
  },
});
