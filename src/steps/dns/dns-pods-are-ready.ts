import { z } from 'zod';
import { dnsDeployments, dnsNamespace, dnsPods } from '../../domain/cluster-dns.js';
import { containerStates } from '../../domain/container-state.js';
import { ifReadable } from '../../domain/if-readable.js';
import type { KubeObject } from '../../domain/kinds.js';
import { nameOf } from '../../domain/name-of.js';
import { podState, podStateSchema, shouldServe } from '../../domain/pod-state.js';
import type { Ports } from '../../domain/ports.js';
import { anyEnd, defineStep } from '../../domain/step.js';
import { deathSchema, reasonOfDeath } from '../../parse/dns/coredns-log.js';

const replicaSchema = z.strictObject({
  ...podStateSchema.shape,
  /** How a container of it last ended, within the last ten minutes. */
  ended: z.string(),
  /** What it said at its end, where it does not stay up. */
  death: deathSchema.optional(),
});
type Replica = z.infer<typeof replicaSchema>;
const evidenceSchema = z.strictObject({ wanted: z.int().optional(), replicas: z.array(replicaSchema) });
type Evidence = z.infer<typeof evidenceSchema>;
type Kube = Ports<'pods' | 'deployments' | 'pods/log'>['kube'];

const recently = 600_000;

const endedOf = ({ status }: KubeObject<'pods'>, now: number) => {
  const ends = (status?.containerStatuses ?? []).flatMap(({ lastState }) => lastState?.terminated ?? []);
  const last = ends.find(({ finishedAt }) => now - Date.parse(finishedAt ?? '') < recently);
  return last ? `${last.reason ?? ''} ${last.exitCode}`.trim() : '';
};

/** CoreDNS says in its last line why it ends. */
const deathOf = async (kube: Kube, pod: KubeObject<'pods'>) => {
  const runs = containerStates(pod).some(({ startedAt, init }) => !init && !Number.isNaN(startedAt));
  const before = containerStates(pod).some(({ restarts }) => restarts > 0);
  const ref = { namespace: dnsNamespace, name: nameOf(pod) };
  const log = await ifReadable(kube.logs(ref, { tailLines: 40, ...(runs && before && { previous: true }) }));
  return reasonOfDeath(log ?? '');
};

const replicaOf = async (kube: Kube, pod: KubeObject<'pods'>, now: number): Promise<Replica> => {
  const state = podState(pod, now);
  const death = state.state === 'crashing' ? await deathOf(kube, pod) : undefined;
  return { ...state, ended: endedOf(pod, now), ...(death && { death }) };
};

const serves = ({ state }: Replica) => state === 'running';

const judgeDown = (replicas: readonly Replica[]) => {
  const death = replicas.find((one) => one.death)?.death;
  if (death) return death.what;
  return replicas.some(({ state }) => state === 'crashing') ? 'crashing' : 'none-ready';
};

const judge = ({ wanted, replicas }: Evidence) => {
  if (replicas.length === 0) return wanted === 0 ? 'scaled-to-zero' : wanted === undefined ? 'no-pods' : 'none-ready';
  if (!replicas.some(serves)) return judgeDown(replicas);
  if (!replicas.every(serves)) return 'some-not-ready';
  if (replicas.some(({ ended }) => ended.startsWith('OOMKilled'))) return 'out-of-memory';
  return replicas.some(({ ended }) => ended !== '') ? 'restarted' : 'ready';
};

/** The replica that somebody would look at first. */
const worst = (replicas: readonly Replica[]) =>
  replicas.find((one) => !serves(one)) ?? replicas.find(({ ended }) => ended !== '');

const told = (down: Replica | undefined) => ({
  'dns-pod': down?.name ?? '',
  state: [down?.state, down?.reason].filter((word) => word).join(' '),
  ended: down?.ended ?? '',
});

export default defineStep({
  stage: 'dns',
  level: 'observe',
  cost: 0,
  reads: ['pods', 'deployments', 'pods/log'],
  runs: [],
  from: anyEnd,
  to: anyEnd,
  evidence: evidenceSchema,
  outcomes: {
    ready: 'pass',
    restarted: 'warn',
    'out-of-memory': 'warn',
    'some-not-ready': 'warn',
    'loop-detected': 'fail',
    'config-refused': 'fail',
    crashing: 'fail',
    'none-ready': 'fail',
    'scaled-to-zero': 'fail',
    'no-pods': 'unsure',
  },

  async collect({ kube, clock }) {
    const now = clock.now();
    const described = await Promise.all((await dnsPods(kube)).map((pod) => replicaOf(kube, pod, now)));
    const replicas = described.filter(shouldServe);
    if (replicas.length > 0) return { replicas };
    // Only where there is none it matters how many there should be.
    const [deployment] = (await ifReadable(dnsDeployments(kube))) ?? [];
    return { replicas, ...(deployment && { wanted: deployment.spec?.replicas ?? 1 }) };
  },

  interpret(evidence) {
    const { wanted, replicas } = evidence;
    const facts = {
      wanted: wanted ?? '-',
      ready: replicas.filter(serves).length,
      of: replicas.length,
      nodes: replicas.map(({ node }) => node),
      line: replicas.find(({ death }) => death)?.death?.line ?? '',
      ...told(worst(replicas)),
    };
    return { outcome: judge(evidence), facts };
  },
});
