import { CannotLook } from './cannot-look.js';

/** For what only adds to an answer: `undefined` where it could not be looked at, which is not the same as absent. */
export const ifReadable = async <T>(looking: Promise<T>): Promise<T | undefined> => {
  try {
    return await looking;
  } catch (error) {
    if (error instanceof CannotLook) return undefined;
    throw error;
  }
};
