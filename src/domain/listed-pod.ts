import { z } from 'zod';
import type { Endpoint } from './endpoints.js';
import type { KubeObject } from './kinds.js';
import { nameOf } from './name-of.js';
import { isFinished, podIps } from './pod-state.js';

/** A Pod as the endpoint controller sees it. */
export const listedPodSchema = z.strictObject({
  name: z.string(),
  uid: z.string(),
  ips: z.array(z.string()),
  /** Ready for long enough that the controller must have listed it. */
  settled: z.boolean(),
});
export type ListedPod = z.infer<typeof listedPodSchema>;

/** The endpoint controller works in batches; within this time a slice may lag behind without any fault. */
const lagMs = 15_000;

const readySince = ({ status }: KubeObject<'pods'>) =>
  Date.parse(
    status?.conditions?.find((item) => item.type === 'Ready' && item.status === 'True')?.lastTransitionTime ?? '',
  );

export const listedPod = (pod: KubeObject<'pods'>, now: number): ListedPod => ({
  name: nameOf(pod),
  uid: pod.metadata?.uid ?? '',
  ips: podIps(pod),
  settled: !isFinished(pod) && !pod.metadata?.deletionTimestamp && now - readySince(pod) > lagMs,
});

/** True when the Pod behind an endpoint is still the one it was listed for. A StatefulSet reuses names, not uids. */
export const isCurrent = ({ pod, uid, address }: Endpoint, pods: readonly ListedPod[]): boolean => {
  const found = pods.find(({ name }) => name === pod);
  if (!found?.ips.includes(address)) return false;
  return uid === '' || found.uid === '' || uid === found.uid;
};
