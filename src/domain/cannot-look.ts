import { z } from 'zod';

export const cannotLookCodes = [
  'forbidden',
  'timeout',
  'tool-missing',
  'lost',
  'capped',
  /** The API server knows no such kind: what would bring it is not installed. */
  'not-served',
  'not-recorded',
] as const;
export const cannotLookCodeSchema = z.enum(cannotLookCodes);
export type CannotLookCode = z.infer<typeof cannotLookCodeSchema>;

/** What a call is told that was still under way when its world closed. */
export const sessionClosed = 'The session was closed.';

/** One right that is missing, in the words of RBAC. */
export const missingRightSchema = z.strictObject({
  verb: z.string(),
  resource: z.string(),
  group: z.string(),
  namespace: z.string().optional(),
});
export type MissingRight = z.infer<typeof missingRightSchema>;

/**
 * A port could not see what it was asked for. It is never an answer about the cluster:
 * the runner turns it into the result `error`, which passes and refutes nothing.
 */
export class CannotLook extends Error {
  override readonly name = 'CannotLook';
  constructor(
    readonly code: CannotLookCode,
    message: string,
    readonly missing?: MissingRight,
  ) {
    super(message);
  }
}
