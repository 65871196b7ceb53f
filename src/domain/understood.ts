import { CannotLook } from './cannot-look.js';

interface Series {
  /** How many tries were understood. */
  readonly of: number;
  readonly unread: number;
  readonly tries: readonly { readonly message: string }[];
}

/**
 * A series in which no try was understood says nothing of the network.
 * @throws CannotLook with the last words of the probe
 */
export const understood = <S extends Series>(series: S): S => {
  if (series.of > 0) return series;
  const words = series.tries[0]?.message ?? '';
  throw series.unread > 0
    ? new CannotLook('tool-missing', `The probe could not run: ${words}`)
    : new CannotLook('lost', 'The probe ended without a word.');
};
