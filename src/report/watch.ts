import { utcClock } from '../domain/utc-clock.js';
import { type Speaker, say } from './say.js';

export interface Held {
  readonly checks: readonly string[];
  /** Milliseconds since the epoch. */
  readonly since: number;
  readonly until: number;
}

/** That what failed has worked for a while, and since when. */
export const heldSentence = (speaker: Speaker, { checks, since, until }: Held): string =>
  say(speaker, 'watch.held', {
    checks: [...checks],
    seconds: Math.round((until - since) / 1000),
    since: utcClock(since),
  });
