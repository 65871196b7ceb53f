import { CannotLook } from './cannot-look.js';

/**
 * Of several places that are alike, those that could be looked at.
 * @throws CannotLook when there was none, and whatever else was thrown
 */
export const someReadable = async <T>(looking: readonly Promise<T>[]): Promise<T[]> => {
  const ends = await Promise.allSettled(looking);
  const failed = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : []));
  const bug = failed.find((reason) => !(reason instanceof CannotLook));
  if (bug !== undefined) throw bug;
  const seen = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []));
  if (seen.length === 0 && failed.length > 0) throw failed[0];
  return seen;
};
