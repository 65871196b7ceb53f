import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseProxyAnswer } from '../../parse/rules/proxy-port.js';

// `--healthz-bind-address` and `--metrics-bind-address` as kube-proxy ships them.
const urls = {
  healthz: 'http://127.0.0.1:10256/healthz',
  mode: 'http://127.0.0.1:10249/proxyMode',
} as const;

/** What kube-proxy says of itself on its own node: whether it keeps up, or the mode it runs in. */
export const kubeProxyPort = defineQuery({
  name: 'kube-proxy-port',
  where: 'node',
  level: 'node',
  limit: 5,
  args: z.strictObject({ ask: z.enum(['healthz', 'mode']) }),
  variants: [
    { tool: 'curl', argv: ({ ask }) => ['curl', '-sS', '-m', '2', '-w', '\\n%{http_code}\\n', urls[ask]] },
    { tool: 'wget', argv: ({ ask }) => ['wget', '-O', '-', '-T', '2', '-t', '1', urls[ask]] },
  ],
  parse: parseProxyAnswer,
});
