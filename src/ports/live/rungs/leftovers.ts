import type { PodRef } from '../../../domain/ports.js';
import { expiresLabel, madeLabel, sessionLabel } from '../our-changes.js';
import { stampOf } from './names.js';
import type { Pod, PodsApi } from './pods-api.js';

/** The kinds of Pods that are made. */
export const madePods = ['probe-pod', 'node-pod'] as const;
export type MadePod = (typeof madePods)[number];

/** A Pod of ours that nobody needs any more. */
export interface Leftover extends PodRef {
  readonly kind: MadePod;
  readonly uid: string;
  /** The session that made it. */
  readonly session: string;
}

export interface Leftovers {
  /** Pods of one kind whose time is over, whoever made them. */
  expired(kind: MadePod, namespace: string, signal: AbortSignal): Promise<Leftover[]>;
  /** Whether this one is still there, and one of ours. */
  isThere(pod: PodRef & { readonly uid: string }, signal: AbortSignal): Promise<boolean>;
  remove(pod: PodRef & { readonly uid: string }, signal: AbortSignal): Promise<void>;
}

const toLeftover = (kind: MadePod, { metadata }: Pod): Leftover => ({
  kind,
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
    const { uid, deletionTimestamp, labels } = found?.metadata ?? {};
    const isOurs = madePods.some((kind) => labels?.[madeLabel] === kind);
    return uid === pod.uid && isOurs && deletionTimestamp === undefined;
  };
  return {
    isThere,
    expired: async (kind, namespace, signal) =>
      (await pods.labelled(namespace, { [madeLabel]: kind }, signal))
        .filter(isOver)
        .map((pod) => toLeftover(kind, pod)),
    async remove(pod, signal) {
      if (await isThere(pod, signal)) await pods.remove(pod, pod.uid, signal);
    },
  };
};
