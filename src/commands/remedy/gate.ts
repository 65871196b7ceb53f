import { UsageProblem } from '../io.js';
import type { SessionOptions } from '../options.js';

/** Flags about fixes that make no sense together. Throws `UsageProblem`. */
export const requireRemedyFlags = ({ allowRemediation, confirm, universe }: SessionOptions): void => {
  if (confirm !== undefined && !allowRemediation)
    throw new UsageProblem('--confirm says yes to a fix, and fixes need --allow-remediation.');
  if (allowRemediation && universe !== undefined)
    throw new UsageProblem('--allow-remediation: a recording cannot be changed; leave --universe out.');
};

/** A fix is chosen by its flag, not on a screen. Throws `UsageProblem`, so that nobody waits there for a key that does nothing. */
export const requireNoScreen = ({ allowRemediation }: Pick<SessionOptions, 'allowRemediation'>): void => {
  if (allowRemediation)
    throw new UsageProblem(
      '--allow-remediation works without a screen: add --no-input, look at the change it proposes, and repeat it with --confirm.',
    );
};
