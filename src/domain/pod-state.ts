import { z } from 'zod';
import { type ContainerState, containerStates } from './container-state.js';
import type { KubeObject } from './kinds.js';
import { nameOf } from './name-of.js';
import { workloadName } from './workload-of.js';

type Pod = KubeObject<'pods'>;

export const podStateSchema = z.strictObject({
  name: z.string(),
  state: z.enum(['running', 'not-ready', 'starting', 'pending', 'crashing', 'finished', 'no-ip', 'terminating']),
  /** In the words of the API, for example `CrashLoopBackOff OOMKilled 137`; empty when running. */
  reason: z.string(),
  message: z.string(),
  node: z.string(),
  ips: z.array(z.string()),
  /** `deployment/cart`; absent where no workload made it. */
  workload: z.string().optional(),
});
export type PodState = z.infer<typeof podStateSchema>;

type Trouble = Pick<PodState, 'state'> & {
  readonly reason?: string | undefined;
  readonly message?: string | undefined;
};

/** How long containers may take to appear before a Pod counts as stuck, and how long they must run to count as up. */
const graceMs = 60_000;
const ordinaryWaits = ['', 'ContainerCreating', 'PodInitializing'];

const conditionOf = ({ status }: Pod, type: string) => status?.conditions?.find((item) => item.type === type);

const finished = (pod: Pod): Trouble | undefined => {
  if (!isFinished(pod)) return undefined;
  const ended = containerStates(pod).find((container) => container.ended && !container.init)?.ended;
  return {
    state: 'finished',
    reason: pod.status?.reason ?? ended?.reason ?? pod.status?.phase,
    message: pod.status?.message,
  };
};

const isOver = ({ spec }: Pod, { ended, init }: ContainerState) => {
  if (!ended || init) return false;
  const policy = spec?.restartPolicy ?? 'Always';
  return policy === 'Always' || (policy === 'OnFailure' && ended.code !== 0);
};

/** Between two crashes a container runs for moments: restarts and a fresh start tell it from a healthy one. */
const isFlapping = ({ init, restarts, startedAt, endedBefore }: ContainerState, now: number) =>
  !init && restarts >= 2 && endedBefore !== undefined && endedBefore.code !== 0 && now - startedAt < graceMs;

const crashing = (pod: Pod, now: number): Trouble | undefined => {
  const containers = containerStates(pod);
  const looping = containers.find(({ waiting }) => waiting?.reason === 'CrashLoopBackOff');
  if (looping) {
    const reason = ['CrashLoopBackOff', looping.endedBefore?.reason ?? ''].join(' ').trim();
    return { state: 'crashing', reason, message: looping.name };
  }
  const failing = containers.find((item) => isOver(pod, item) || isFlapping(item, now));
  return (
    failing && { state: 'crashing', reason: (failing.ended ?? failing.endedBefore)?.reason, message: failing.name }
  );
};

const waiting = (pod: Pod, now: number): Trouble | undefined => {
  const waits = containerStates(pod).flatMap((container) => container.waiting ?? []);
  const stuck = waits.find(({ reason }) => !ordinaryWaits.includes(reason));
  if (stuck) return { state: 'pending', ...stuck };
  if (pod.status?.phase !== 'Pending') return undefined;
  const placed = conditionOf(pod, 'PodScheduled');
  if (placed?.status === 'False') return { state: 'pending', reason: placed.reason, message: placed.message };
  const isYoung = now - Date.parse(pod.metadata?.creationTimestamp ?? '') < graceMs;
  return { state: isYoung ? 'starting' : 'pending', ...(waits[0] ?? { reason: 'Pending' }) };
};

const leaving = ({ metadata }: Pod): Trouble | undefined =>
  metadata?.deletionTimestamp ? { state: 'terminating', reason: 'Terminating' } : undefined;

const unready = (pod: Pod): Trouble | undefined => {
  if (!pod.status?.podIP) return { state: 'no-ip', reason: 'NoPodIP' };
  const ready = conditionOf(pod, 'Ready');
  return ready?.status === 'True' ? undefined : { state: 'not-ready', reason: ready?.reason, message: ready?.message };
};

const troubleOf = (pod: Pod, now: number): Trouble =>
  finished(pod) ?? leaving(pod) ?? crashing(pod, now) ?? waiting(pod, now) ?? unready(pod) ?? { state: 'running' };

/** What `kubectl get pod` would make of it, in one word that checks can compare. `now` in milliseconds. */
export const podState = (pod: Pod, now: number): PodState => {
  const { state, reason = '', message = '' } = troubleOf(pod, now);
  const workload = workloadName(pod);
  return {
    name: nameOf(pod),
    state,
    reason,
    message,
    node: pod.spec?.nodeName ?? '',
    ips: podIps(pod),
    ...(workload === undefined ? {} : { workload }),
  };
};

export const podIps = ({ status }: Pod): string[] => {
  const all = (status?.podIPs ?? []).map(({ ip }) => ip);
  return all.length > 0 || !status?.podIP ? all : [status.podIP];
};

/** A Pod that ended, evicted ones among them, is no endpoint and no fault: its object stays until it is collected. */
export const isFinished = ({ status }: Pod): boolean => status?.phase === 'Succeeded' || status?.phase === 'Failed';

/** Pods that should serve: neither ended nor on their way out. */
export const shouldServe = ({ state }: PodState): boolean => state !== 'finished' && state !== 'terminating';
