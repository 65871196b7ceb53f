import { z } from 'zod';
import { sentAgain } from '../late.js';
import { type Stretch, stretchSchema } from './samples.js';

/**
 * Ways of growing length, shortest first: from node to node, from the node, to an endpoint, to the Service address;
 * then what is more than a connect: the answer of an endpoint, of the Service, and the name.
 */
export const ways = ['nodes', 'node-endpoint', 'endpoint', 'service', 'answer', 'service-answer', 'name'] as const;
export type Way = (typeof ways)[number];

/** It is the program at the end that takes its time there, not the way to it. */
export const isAnswer = (way: Way): boolean => way === 'answer' || way === 'service-answer';

export const seriesSchema = z.strictObject({
  way: z.enum(ways),
  /** Where it leads, as an operator would write it. */
  to: z.string(),
  /** The Node it ends on, and its Pod; empty where that is not known or differs from try to try. */
  node: z.string(),
  pod: z.string(),
  stretches: z.array(stretchSchema),
});
export type Series = z.infer<typeof seriesSchema>;

/** One try, in seconds of the recording. */
export interface Moment {
  readonly at: number;
  readonly ms: number | null;
  readonly word: string;
  readonly port: number;
  /** It failed, or succeeded only after something was lost and asked again. */
  readonly state: 'well' | 'late' | 'failed';
}

const wellWords = new Set(['open', 'found', 'answered', 'not-http']);

// A resolver asks again after five seconds, that of musl after two and a half.
const slowLookup = 2300;

const isLate = (way: Way, ms: number | null): boolean => {
  if (ms === null) return false;
  return way === 'name' ? ms >= slowLookup : sentAgain(ms);
};

const quick = 300;

/**
 * How many of those that took a whole number of seconds did so because a packet was lost: no more than the kernel has
 * sent again. Where nobody counted, a slow machine delays all alike, so most of the others have to be quick.
 */
const lateAtMost = (way: Way, { samples, resent }: Stretch): number => {
  if (way === 'name') return samples.length;
  if (resent !== undefined) return resent;
  const opened = samples.filter(([, , word]) => wellWords.has(word));
  const isCalm = opened.filter(([, ms]) => (ms ?? 0) < quick).length * 2 > opened.length;
  return isCalm ? samples.length : 0;
};

const momentsIn = (way: Way, stretch: Stretch): Moment[] => {
  let left = isAnswer(way) ? 0 : lateAtMost(way, stretch);
  return stretch.samples
    .toSorted(([a], [b]) => a - b)
    .map(([at, ms, word, port]): Moment => {
      if (!wellWords.has(word)) return { at, ms, word, port, state: 'failed' };
      if (left === 0 || !isLate(way, ms)) return { at, ms, word, port, state: 'well' };
      left -= 1;
      return { at, ms, word, port, state: 'late' };
    });
};

/** Every try of a series in the order of time. What nobody understood is none: the probe is no network. */
export const momentsOf = ({ way, stretches }: Pick<Series, 'way' | 'stretches'>): Moment[] =>
  stretches.flatMap((stretch) => momentsIn(way, stretch)).toSorted((a, b) => a.at - b.at);

export const isWell = ({ state }: Moment): boolean => state === 'well';
