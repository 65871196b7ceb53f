import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseProxySync } from '../../parse/rules/proxy-sync.js';
import { proxyMetrics } from '../scripts/proxy-metrics.js';

const wanted = `grep -E '^kubeproxy_sync_proxy_rules_(last_(queued_)?timestamp_seconds|.*failures_total)'`;

/** When kube-proxy wrote its rules last, by its own metrics. */
export const kubeProxySync = defineQuery({
  name: 'kube-proxy-sync',
  where: 'node',
  level: 'node',
  limit: 5,
  args: z.strictObject({}),
  variants: proxyMetrics(wanted),
  parse: ({ stdout }) => parseProxySync(stdout),
});
