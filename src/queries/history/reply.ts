import { z } from 'zod';
import type { HistorySeries } from '../../domain/history.js';

const matrixSchema = z.object({
  status: z.literal('success'),
  data: z.object({
    resultType: z.literal('matrix'),
    result: z.array(
      z.object({
        metric: z.record(z.string(), z.string()),
        values: z.array(z.tuple([z.number(), z.string()])).default([]),
      }),
    ),
  }),
  warnings: z.array(z.string()).default([]),
});
const errorSchema = z.object({ status: z.literal('error'), errorType: z.string(), error: z.string() });

// The expressions bound their series; whoever answers may not be bound by them.
const mostSeries = 60;
const mostPoints = 500;
const mostWarnings = 5;

export type Reply =
  | { readonly series: HistorySeries[]; readonly warnings: string[] }
  /** Not what was asked for. `error`: in its words; empty where it is no answer of theirs at all. */
  | { readonly error: string };

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Nothing was measured where a ratio has nothing to divide by. */
const isMeasured = ([, value]: readonly [number, number]) => Number.isFinite(value);

/** What a range query of a Prometheus or a Loki answered. Pure and total. */
export const parseReply = (text: string): Reply => {
  const json = jsonOf(text);
  const matrix = matrixSchema.safeParse(json).data;
  if (!matrix) {
    const refused = errorSchema.safeParse(json).data;
    return { error: refused ? `${refused.errorType}: ${refused.error}`.slice(0, 300) : '' };
  }
  const { result } = matrix.data;
  if (result.length > mostSeries || result.some(({ values }) => values.length > mostPoints))
    return { error: 'more than was asked for' };
  const series = result.map(({ metric: { what = '', ...labels }, values }): HistorySeries => {
    const points = values.map(([at, value]): [number, number] => [at, value === '' ? Number.NaN : Number(value)]);
    return { what, labels, points: points.filter(isMeasured) };
  });
  return { series, warnings: matrix.warnings.slice(0, mostWarnings) };
};
