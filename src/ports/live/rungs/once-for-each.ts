import type { PodRef } from '../../../domain/ports.js';
import { abortable } from '../../abortable.js';

const keyOf = ({ namespace, name }: PodRef) => `${namespace}/${name}`;

/**
 * Work that is done once for a Pod, for all that ask, and is not given up because one of them has.
 * What failed stays failed: an image that cannot be pulled is not worth a minute of every check.
 */
export const onceForEach = <T>(work: (pod: PodRef) => Promise<T>) => {
  const begun = new Map<string, Promise<T>>();
  return (pod: PodRef, signal: AbortSignal): Promise<T> => {
    const key = keyOf(pod);
    const doing = begun.get(key) ?? work(pod);
    begun.set(key, doing);
    return abortable(doing, signal);
  };
};
