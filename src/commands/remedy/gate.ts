import { UsageProblem } from '../io.js';
import type { SessionOptions } from '../options.js';

/** Flags about fixes that make no sense together. Throws `UsageProblem`. */
export const requireRemedyFlags = ({ allowRemediation, confirm, universe }: SessionOptions): void => {
  if (confirm !== undefined && !allowRemediation)
    throw new UsageProblem('--confirm says yes to a fix, and fixes need --allow-remediation.');
  if (allowRemediation && universe !== undefined)
    throw new UsageProblem('--allow-remediation: a recording cannot be changed; leave --universe out.');
};

/** At the keys a fix is confirmed by whoever sits there. Throws `UsageProblem` where a flag has said yes beforehand. */
export const requireNoConfirm = ({ confirm }: Pick<SessionOptions, 'confirm'>): void => {
  if (confirm !== undefined)
    throw new UsageProblem(
      '--confirm says yes where nobody is asked: add --no-input, or leave it out and press f at the verdict.',
    );
};
