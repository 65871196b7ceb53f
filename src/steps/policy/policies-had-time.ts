import { z } from 'zod';
import { facts } from '../../domain/finding.js';
import type { KubeObject } from '../../domain/kinds.js';
import { placedName } from '../../domain/name-of.js';
import { isFinished, podIps } from '../../domain/pod-state.js';
import { podsBehind } from '../../domain/service-pods.js';
import { defineStep } from '../../domain/step.js';

const youngSchema = z.strictObject({ name: z.string(), seconds: z.int() });

/** Within that time agents have been seen not to know of a Pod yet (cloudnativelabs/kube-router#873, #1309). */
const limit = 60;

type Pod = KubeObject<'pods'>;

/** When the Pod got its address. */
const addressSince = ({ status, metadata }: Pod) =>
  Date.parse(
    status?.conditions?.find(({ type, status: is }) => type === 'PodReadyToStartContainers' && is === 'True')
      ?.lastTransitionTime ??
      status?.startTime ??
      metadata?.creationTimestamp ??
      '',
  );

const changedAt = ({ metadata }: KubeObject<'networkpolicies'>) =>
  Math.max(
    Date.parse(metadata?.creationTimestamp ?? ''),
    ...(metadata?.managedFields ?? []).flatMap(({ time }) => Date.parse(time ?? '') || []),
  );

const young = <T extends Pod | KubeObject<'networkpolicies'>>(
  objects: readonly T[],
  at: (object: T) => number,
  now: number,
) =>
  objects
    .map((object) => ({
      name: placedName(object),
      seconds: Math.round((now - at(object)) / 1000),
    }))
    .filter(({ seconds }) => seconds >= 0 && seconds < limit)
    .toSorted((one, other) => one.seconds - other.seconds)
    .slice(0, 5);

export default defineStep({
  stage: 'policy',
  level: 'observe',
  cost: 0,
  reads: ['services', 'pods', 'networkpolicies'],
  runs: [],
  from: ['pod', 'node'],
  to: ['service', 'pod'],
  evidence: z.strictObject({ pods: z.array(youngSchema), policies: z.array(youngSchema) }),
  outcomes: { settled: 'pass', 'fresh-pod': 'warn', 'fresh-policy': 'warn' },

  async collect({ kube, clock }, { from, to }) {
    const { namespace } = to;
    const namespaces = [...new Set(from.kind === 'pod' ? [from.namespace, namespace] : [namespace])];
    const [source, { pods }, ...policies] = await Promise.all([
      from.kind === 'pod' ? kube.get('pods', { namespace: from.namespace, name: from.name }) : undefined,
      podsBehind(kube, to),
      ...namespaces.map((one) => kube.list('networkpolicies', { namespace: one })),
    ]);
    const ends = [...(source ? [source] : []), ...pods].filter((pod) => !isFinished(pod) && podIps(pod).length > 0);
    const now = clock.now();
    return { pods: young(ends, addressSince, now), policies: young(policies.flat(), changedAt, now) };
  },

  interpret({ pods: [pod], policies: [policy] }) {
    if (pod) return { outcome: 'fresh-pod', facts: facts({ 'young-pod': pod.name, seconds: pod.seconds }) };
    if (policy)
      return { outcome: 'fresh-policy', facts: facts({ 'young-policy': policy.name, seconds: policy.seconds }) };
    return { outcome: 'settled', facts: facts({ limit }) };
  },
});
