/**
 * A share that shows itself in n tries with 95 % confidence is at least 3/n (the rule of three; Hanley and
 * Lippman-Hand, JAMA 1983): with none failing of n, fewer than 3/n fail.
 */
export const confident = 3;

/** The largest share of failures that none failing in n tries leaves possible, in percent, never rounded down. */
export const boundPercent = (tries: number): number =>
  tries === 0 ? 100 : Math.min(100, Math.ceil((confident / tries) * 1000) / 10);

/** Whether so many tries would have shown a failure of this share. */
export const wouldShow = (tries: number, share: number): boolean => tries * share >= confident;
