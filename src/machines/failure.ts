import { CannotLook } from '../domain/cannot-look.js';

/** Why a session could not begin or go on. */
export interface Failure {
  /** The code of what could not be looked at, or the name of the error: words that exit codes are made of. */
  readonly code: string;
  readonly message: string;
}

const codeOf = (error: unknown): string => {
  // A live port says more exactly what an unreachable API server is.
  if (error instanceof CannotLook) return 'why' in error ? String(error.why) : error.code;
  return error instanceof Error ? error.name : 'unknown';
};

export const failureOf = (error: unknown): Failure => ({
  code: codeOf(error),
  message: error instanceof Error ? error.message : String(error),
});
