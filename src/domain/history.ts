import { z } from 'zod';

/** One line of a history: the label of what was measured, whose it is, and its values at times in seconds since the epoch. */
const historySeriesSchema = z.strictObject({
  what: z.string(),
  labels: z.record(z.string(), z.string()),
  points: z.array(z.tuple([z.number(), z.number()])),
});
export type HistorySeries = z.infer<typeof historySeriesSchema>;

/** What a Prometheus or a Loki kept of a window, as it said it. Times in seconds since the epoch. */
export const historySchema = z.strictObject({
  /** Who answered: "Service monitoring/prometheus:9090", or "--prometheus". */
  source: z.string(),
  from: z.number(),
  to: z.number(),
  step: z.number(),
  series: z.array(historySeriesSchema),
  /** What the answer lacks, in the words of whoever answered. */
  warnings: z.array(z.string()),
});
export type History = z.infer<typeof historySchema>;

/** Where a step begins its look back, in seconds since the epoch. */
export interface HistoryWindow {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

const before = 3600;
/** Of trouble that goes on for days, its beginning tells more than its middle. */
const longest = 6 * 3600;
const mostPoints = 120;
const grain = 15;

/**
 * An hour before the trouble and what followed, in at most 120 points. Milliseconds since the epoch in, seconds out.
 * Without a beginning the trouble counts as present.
 */
export const windowOf = (now: number, since: number | undefined): HistoryWindow => {
  const end = Math.floor(now / 1000);
  const start = Math.min(end, Math.floor((since ?? now) / 1000));
  const to = Math.min(end, start + longest);
  const span = to - start + before;
  const step = Math.ceil(span / (mostPoints - 1) / grain) * grain;
  return { from: to - Math.floor(span / step) * step, to, step };
};

/** Seconds that a rate looks back: four samples of a usual scrape, and never less than from one point to the next. */
export const rateRange = ({ step }: HistoryWindow) => Math.max(300, 2 * step);
