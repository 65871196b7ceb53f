import { shell } from './tries.js';

const url = 'http://127.0.0.1:10249/metrics';

/** The lines of kube-proxy's metrics that `filter` lets through: all of them are more than 100 KB. */
export const proxyMetrics = (filter: string) => [
  { tool: 'curl', argv: () => shell(`curl -s -m 2 "$1" | ${filter}`, [url]) },
  { tool: 'wget', argv: () => shell(`wget -q -O - -T 2 "$1" | ${filter}`, [url]) },
];
