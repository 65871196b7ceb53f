import { CannotLook } from './cannot-look.js';

/**
 * Of several kinds that mean the same, the first that the API server knows; `undefined` where it knows none, which is
 * to say that what brings them is not installed.
 */
export const firstServed = async <T>(asking: readonly (() => Promise<T>)[]): Promise<T | undefined> => {
  for (const ask of asking)
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof CannotLook) || error.code !== 'not-served') throw error;
    }
  return undefined;
};
