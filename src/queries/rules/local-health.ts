import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseLocalHealth } from '../../parse/rules/health-check-port.js';

/** What kube-proxy of the node tells a load balancer at the health check port of a Service with local policy. */
export const localHealth = defineQuery({
  name: 'local-health',
  where: 'node',
  level: 'node',
  limit: 5,
  args: z.strictObject({ address: z.ipv4(), port: z.int().min(1).max(65_535) }),
  // 503 is an answer: wget prints what comes with it only when told to.
  variants: [
    { tool: 'curl', argv: ({ address, port }) => ['curl', '-s', '-m', '2', `http://${address}:${port}/`] },
    {
      tool: 'wget',
      argv: ({ address, port }) => [
        ...['wget', '-q', '--content-on-error', '-O', '-', '-T', '2', '-t', '1'],
        `http://${address}:${port}/`,
      ],
    },
  ],
  parse: ({ stdout }) => parseLocalHealth(stdout),
});
