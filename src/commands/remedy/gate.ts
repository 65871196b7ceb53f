import { UsageProblem } from '../io.js';
import type { SessionOptions } from '../options.js';

/** Flags about fixes that make no sense together. Throws `UsageProblem`. */
export const requireRemedyFlags = ({ allowRemediation, confirm, universe }: SessionOptions): void => {
  if (confirm !== undefined && !allowRemediation)
    throw new UsageProblem('--confirm says yes to a fix, and fixes need --allow-remediation.');
  if (allowRemediation && universe !== undefined)
    throw new UsageProblem('--allow-remediation: a recording cannot be changed; leave --universe out.');
};
