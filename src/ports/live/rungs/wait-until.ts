import { setTimeout as sleep } from 'node:timers/promises';
import { CannotLook } from '../../../domain/cannot-look.js';

export interface Patience {
  /** Milliseconds. */
  readonly limit: number;
  /** Said where the time was not enough. */
  readonly late: string;
  readonly signal: AbortSignal;
}

const pause = { first: 400, most: 2_000, growth: 1.5 };

/** Rejects with the reason of the signal. */
export const pauseFor = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal }).catch(() => {
    throw signal.reason;
  });

/** Looks again and again until there is an answer, less and less often. Throws `CannotLook` or what `look` throws. */
export const waitUntil = async <T>(
  look: () => Promise<T | undefined>,
  { limit, late, signal }: Patience,
): Promise<T> => {
  const until = performance.now() + limit;
  for (let wait = pause.first; ; wait = Math.min(pause.most, wait * pause.growth)) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() + wait > until) throw new CannotLook('timeout', late);
    await pauseFor(wait, signal);
  }
};
