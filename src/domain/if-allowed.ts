import { CannotLook } from './cannot-look.js';

/** `undefined` where the right is missing. A cluster that does not answer, or does not know the kind, is another matter. */
export const ifAllowed = async <T>(looking: Promise<T>): Promise<T | undefined> => {
  try {
    return await looking;
  } catch (error) {
    if (error instanceof CannotLook && error.code === 'forbidden') return undefined;
    throw error;
  }
};
