import { isWell, type Moment, type Way } from './series.js';

export const signatures = [
  'packets-sent-again',
  'asked-again-after-5s',
  'asked-again-after-2.5s',
  'upstream-gave-up-after-2s',
  'opened-after-63s',
  'given-up-after-127s',
  'at-regular-times',
] as const;
export type Signature = (typeof signatures)[number];

const between = (from: number, to: number) => (ms: number) => ms >= from && ms < to;

// Two of a kind: one packet in a million is lost on any network, and any program may wait for a second once.
const atLeast = 2;

const times = (moments: readonly Moment[], word: (one: Moment) => boolean) =>
  moments.flatMap((one) => (one.ms !== null && word(one) ? [one.ms] : []));

const lookupWords: readonly (readonly [Signature, (ms: number) => boolean])[] = [
  // RES_TIMEOUT of glibc is five seconds; musl shares those between its two tries (resolv.conf(5)).
  ['asked-again-after-5s', (ms) => between(4950, 5700)(ms) || between(9950, 10_700)(ms)],
  ['asked-again-after-2.5s', between(2400, 3000)],
  // readTimeout of the forward plugin of CoreDNS.
  ['upstream-gave-up-after-2s', between(1950, 2350)],
];

const ofLookups = (moments: readonly Moment[]): Signature[] => {
  const all = times(moments, () => true);
  return lookupWords.filter(([, fits]) => all.filter(fits).length >= atLeast).map(([word]) => word);
};

// A first packet is sent again after 1, 2, 4, 8, 16 and 32 seconds, together 63 (tcp_syn_retries is 6); 64 more end it.
const ofConnects = (moments: readonly Moment[]): Signature[] => {
  const opened = times(moments, ({ state }) => state !== 'failed');
  const gaveUp = times(moments, ({ state, word }) => state === 'failed' && word === 'timeout');
  const late = moments.filter(({ state }) => state === 'late');
  return [
    ...(late.length >= atLeast ? (['packets-sent-again'] as const) : []),
    ...(opened.some(between(62_500, 66_000)) ? (['opened-after-63s'] as const) : []),
    ...(gaveUp.some(between(126_000, 135_000)) ? (['given-up-after-127s'] as const) : []),
  ];
};

/** Failures that lie so close to each other are one episode. */
const sameEpisode = 2;
const episodesAtLeast = 4;
const steadiness = 0.2;

const startsOf = (moments: readonly Moment[]): number[] => {
  const starts: number[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const { at } of moments.filter((one) => !isWell(one)).toSorted((a, b) => a.at - b.at)) {
    if (at - last > sameEpisode) starts.push(at);
    last = at;
  }
  return starts;
};

/** Seconds from one episode to the next where they come at regular times; undefined where they do not. */
export const periodOf = (moments: readonly Moment[]): number | undefined => {
  const starts = startsOf(moments);
  if (starts.length < episodesAtLeast) return undefined;
  const gaps = starts.slice(1).map((start, index) => start - (starts[index] ?? start));
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  return gaps.every((gap) => Math.abs(gap - mean) <= mean * steadiness) ? Math.round(mean) : undefined;
};

/** What the times of a series look like: words for a reader, and no proof of anything. */
export const signaturesOf = (way: Way, moments: readonly Moment[]): Signature[] => [
  ...(way === 'name' ? ofLookups(moments) : ofConnects(moments)),
  ...(periodOf(moments) === undefined ? [] : (['at-regular-times'] as const)),
];
