import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseProxySync } from '../../parse/rules/proxy-sync.js';
import { shell } from '../scripts/tries.js';

const url = 'http://127.0.0.1:10249/metrics';
// All metrics of kube-proxy are more than 100 KB; these say when it wrote its rules last, and how often it could not.
const wanted = `grep -E '^kubeproxy_sync_proxy_rules_(last_(queued_)?timestamp_seconds|.*failures_total)'`;

/** When kube-proxy wrote its rules last, by its own metrics. */
export const kubeProxySync = defineQuery({
  name: 'kube-proxy-sync',
  where: 'node',
  level: 'node',
  limit: 5,
  args: z.strictObject({}),
  variants: [
    { tool: 'curl', argv: () => shell(`curl -s -m 2 "$1" | ${wanted}`, [url]) },
    { tool: 'wget', argv: () => shell(`wget -q -O - -T 2 "$1" | ${wanted}`, [url]) },
  ],
  parse: ({ stdout }) => parseProxySync(stdout),
});
