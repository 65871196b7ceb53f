import { CannotLook, type CannotLookCode } from '../../domain/cannot-look.js';

export type WhyUnavailable = 'unauthenticated' | 'unreachable' | 'forbidden';

const codes = { unauthenticated: 'forbidden', unreachable: 'lost', forbidden: 'forbidden' } as const;

/** Not one answer is missing but the whole API: who is asking is not accepted, or nobody answers. */
export class ApiUnavailable extends CannotLook {
  constructor(
    readonly why: WhyUnavailable,
    message: string,
    code: CannotLookCode = codes[why],
  ) {
    super(code, message);
  }
}

/** The API answered, and only says that whoever asks may not have this. */
export const isRefused = (error: unknown): error is CannotLook =>
  error instanceof CannotLook && error.code === 'forbidden' && !(error instanceof ApiUnavailable);
