import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseLatency } from '../../parse/rules/proxy-latency.js';
import { proxyMetrics } from '../scripts/proxy-metrics.js';

const wanted = 'grep ^kubeproxy_network_programming_duration_seconds_bucket';

/** How long changes of endpoints took to reach the rules of the node, since its kube-proxy started. */
export const kubeProxyLatency = defineQuery({
  name: 'kube-proxy-latency',
  where: 'node',
  level: 'node',
  limit: 5,
  args: z.strictObject({}),
  variants: proxyMetrics(wanted),
  parse: ({ stdout }) => parseLatency(stdout),
});
