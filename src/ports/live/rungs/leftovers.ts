import type { PodRef } from '../../../domain/ports.js';
import { expiresLabel, madeLabel, sessionLabel } from '../our-changes.js';
import { stampOf } from './names.js';
import type { Pod, PodsApi } from './pods-api.js';

/** A probe pod that nobody needs any more. */
export interface Leftover extends PodRef {
  readonly uid: string;
  /** The session that made it. */
  readonly session: string;
}

export interface Leftovers {
  /** Probe pods whose time is over, whoever made them. */
  expired(namespace: string, signal: AbortSignal): Promise<Leftover[]>;
  /** Whether this one is still there, and one of ours. */
  isThere(pod: PodRef & { readonly uid: string }, signal: AbortSignal): Promise<boolean>;
  remove(pod: PodRef & { readonly uid: string }, signal: AbortSignal): Promise<void>;
}

const toLeftover = ({ metadata }: Pod): Leftover => ({
  namespace: metadata?.namespace ?? '',
  name: metadata?.name ?? '',
  uid: metadata?.uid ?? '',
  session: metadata?.labels?.[sessionLabel] ?? '',
});

/** What earlier sessions have left. Throws `CannotLook`. */
export const createLeftovers = (pods: PodsApi, now: () => number): Leftovers => {
  const isOver = ({ metadata }: Pod) => {
    const expires = metadata?.labels?.[expiresLabel] ?? '';
    return metadata?.deletionTimestamp === undefined && expires !== '' && expires < stampOf(now());
  };
  const isThere: Leftovers['isThere'] = async (pod, signal) => {
    const found = await pods.read(pod, signal);
    const isGoing = found?.metadata?.deletionTimestamp !== undefined;
    return found?.metadata?.uid === pod.uid && found.metadata.labels?.[madeLabel] === 'probe-pod' && !isGoing;
  };
  return {
    isThere,
    expired: async (namespace, signal) =>
      (await pods.labelled(namespace, { [madeLabel]: 'probe-pod' }, signal)).filter(isOver).map(toLeftover),
    async remove(pod, signal) {
      if (await isThere(pod, signal)) await pods.remove(pod, pod.uid, signal);
    },
  };
};
