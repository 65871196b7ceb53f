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
  /** Where no try was measured but somebody kept it: the value of a full cell, and what stands behind the row. */
  kept: z.strictObject({ top: z.number(), tail: z.string() }).optional(),
});

/** A recording as it is drawn: the fact of that name. */
export const chartSchema = z.strictObject({
  seconds: z.number(),
  rows: z.array(chartRowSchema),
  /** A history has times of the day for its ends. */
  kept: z.strictObject({ from: z.string(), to: z.string() }).optional(),
});
export type SeriesChart = z.infer<typeof chartSchema>;
export type ChartRow = SeriesChart['rows'][number];

/** The fact that is drawn rather than told. */
export const chartFact = 'chart';
