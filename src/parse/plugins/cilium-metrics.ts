import { z } from 'zod';
import { rowsInJson, rowsOf } from '../links/rows.js';

export const ciliumMetricSchema = z.strictObject({
  name: z.string(),
  labels: z.record(z.string(), z.string()),
  value: z.number(),
});
export type CiliumMetric = z.infer<typeof ciliumMetricSchema>;
export const ciliumMetricsSchema = rowsOf(ciliumMetricSchema);

const jsonSchema = z.looseObject({
  name: z.string(),
  labels: z.record(z.string(), z.string()).nullish(),
  value: z.coerce.number(),
});

/** `cilium-dbg metrics list -o json`: {"name":"cilium_drop_count_total","labels":{"reason":"Policy denied"},"value":48} */
export const parseCiliumMetrics = (stdout: string) =>
  rowsInJson(stdout, {
    json: jsonSchema,
    from: ({ name, labels, value }): CiliumMetric => ({ name, labels: labels ?? {}, value }),
  });
