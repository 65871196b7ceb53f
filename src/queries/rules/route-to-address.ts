import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseRouteGet } from '../../parse/rules/route-get.js';

/** Through which interface the node sends to an address. For a Pod of its own that is where the Pod's packets come in. */
export const routeToAddress = defineQuery({
  name: 'route-to-address',
  where: 'node',
  level: 'node',
  limit: 5,
  args: z.strictObject({ address: z.union([z.ipv4(), z.ipv6()]) }),
  variants: [{ tool: 'ip', argv: ({ address }) => ['ip', '-o', 'route', 'get', address] }],
  parse: ({ stdout }) => parseRouteGet(stdout),
});
