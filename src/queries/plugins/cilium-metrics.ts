import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseCiliumMetrics } from '../../parse/plugins/cilium-metrics.js';

// A regular expression, fixed: the names changed between versions, and all of the metrics together are long.
const wanted = 'drop_count_total|bpf_map_pressure';

/** What Cilium dropped by reason, and how full its tables are. */
export const ciliumMetrics = defineQuery({
  name: 'cilium-metrics',
  where: 'pod',
  level: 'node',
  limit: 10,
  args: z.strictObject({}),
  variants: ['cilium-dbg', 'cilium'].map((tool) => ({
    tool,
    argv: () => [tool, 'metrics', 'list', '-p', wanted, '-o', 'json'],
  })),
  parse: ({ stdout }) => parseCiliumMetrics(stdout),
});
