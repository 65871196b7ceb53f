import { z } from 'zod';
import { capped } from '../../domain/capped.js';
import type { Flow } from '../../domain/flow.js';
import type { KubeObject } from '../../domain/kinds.js';
import { nameOf } from '../../domain/name-of.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import { podState } from '../../domain/pod-state.js';
import { podsBehind } from '../../domain/service-pods.js';
import { anyEnd, defineStep } from '../../domain/step.js';

type Kube = ObjectReader<'daemonsets' | 'pods' | 'services'>;
type Pod = KubeObject<'pods'>;

const podSchema = z.strictObject({
  name: z.string(),
  role: z.enum(['source', 'destination']),
  /** Milliseconds since the epoch; NaN is stored as null. */
  startedAt: z.number().nullable(),
  /** It has a network card of its own, with security groups of its own. */
  branch: z.boolean(),
  ready: z.boolean(),
});

const settingsSchema = z.strictObject({
  /** When they were written last; null where nobody says. */
  changedAt: z.number().nullable(),
  externalSnat: z.string(),
  earlyDemuxOff: z.boolean(),
  enforcing: z.string(),
});

const envOf = (set: KubeObject<'daemonsets'>, name: string): string => {
  const { containers = [], initContainers = [] } = set.spec?.template.spec ?? {};
  return (
    [...containers, ...initContainers].flatMap(({ env = [] }) => env).find((one) => one.name === name)?.value ?? ''
  );
};

const momentOf = (time: string | undefined) => (time === undefined ? null : Date.parse(time));

// Names and meanings: README of amazon-vpc-cni-k8s.
const settingsOf = (set: KubeObject<'daemonsets'>) => ({
  changedAt: momentOf(set.metadata?.managedFields?.[0]?.time),
  externalSnat: envOf(set, 'AWS_VPC_K8S_CNI_EXTERNALSNAT'),
  earlyDemuxOff: envOf(set, 'DISABLE_TCP_EARLY_DEMUX') === 'true',
  enforcing: envOf(set, 'POD_SECURITY_GROUP_ENFORCING_MODE'),
});

const podOf = (pod: Pod, role: 'source' | 'destination', now: number) => ({
  ...{ name: nameOf(pod), role, startedAt: momentOf(pod.status?.startTime) },
  branch: pod.metadata?.annotations?.['vpc.amazonaws.com/pod-eni'] !== undefined,
  ready: podState(pod, now).state === 'running',
});

const podsOf = async (kube: Kube, { from, to }: Pick<Flow, 'from' | 'to'>, now: number) => {
  const [source, behind] = await Promise.all([
    from.kind === 'pod' ? kube.get('pods', { namespace: from.namespace, name: from.name }) : undefined,
    to.kind === 'service' || to.kind === 'pod' ? podsBehind(kube, to) : undefined,
  ]);
  return [
    ...(source ? [podOf(source, 'source', now)] : []),
    ...(behind?.pods ?? []).slice(0, 20).map((pod) => podOf(pod, 'destination', now)),
  ];
};

export default defineStep({
  stage: 'cni',
  level: 'observe',
  cost: 0,
  reads: ['daemonsets', 'pods', 'services'],
  runs: [],
  from: anyEnd,
  to: anyEnd,
  evidence: z.strictObject({ settings: settingsSchema.optional(), pods: z.array(podSchema) }),
  outcomes: { 'not-aws': 'pass', suit: 'pass', 'older-than-settings': 'warn', 'probes-cut': 'warn' },

  async collect({ kube, clock }, flow) {
    // The list that others read as well, so that it costs no request of its own.
    const sets = await kube.list('daemonsets', { namespace: 'kube-system' });
    const set = sets.find((one) => nameOf(one) === 'aws-node');
    if (!set) return { pods: [] };
    return { settings: settingsOf(set), pods: await podsOf(kube, flow, clock.now()) };
  },

  interpret({ settings, pods }) {
    if (!settings) return { outcome: 'not-aws' };
    const { changedAt, externalSnat, earlyDemuxOff, enforcing } = settings;
    // Replies of a card of its own are matched to a socket of another one before they are routed: strict mode alone.
    const cut = pods.filter(({ role, branch, ready }) => role === 'destination' && branch && !ready);
    const older = pods.filter(
      ({ role, startedAt }) => role === 'source' && startedAt !== null && changedAt !== null && startedAt < changedAt,
    );
    const facts = {
      ...{ 'external-snat': externalSnat, enforcing },
      changed: changedAt === null ? '' : new Date(changedAt).toISOString(),
      older: capped(older.map(({ name }) => name)),
      cut: capped(cut.map(({ name }) => name)),
    };
    if (cut.length > 0 && !earlyDemuxOff && enforcing !== 'standard') return { outcome: 'probes-cut', facts };
    return { outcome: externalSnat !== '' && older.length > 0 ? 'older-than-settings' : 'suit', facts };
  },
});
