import { z } from 'zod';

/** One way of a recording over time, in cells of equal length. */
const chartRowSchema = z.strictObject({
  label: z.string(),
  /** The longest that a try took that began in each cell, in milliseconds; null where none began or none told. */
  worst: z.array(z.number().nullable()),
  /** How many tries of each cell failed. */
  failed: z.array(z.int()),
  of: z.int(),
  /** Of all its tries: how many failed, and how many answered only after something was sent again. */
  bad: z.int(),
  median: z.number(),
});

/** A recording as it is drawn: the fact of that name. */
export const chartSchema = z.strictObject({ seconds: z.number(), rows: z.array(chartRowSchema) });
export type SeriesChart = z.infer<typeof chartSchema>;
export type ChartRow = SeriesChart['rows'][number];

/** The fact that is drawn rather than told. */
export const chartFact = 'chart';
