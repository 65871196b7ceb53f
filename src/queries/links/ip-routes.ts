import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseRoutes } from '../../parse/links/routes.js';
import { shell } from '../scripts/tries.js';

/** Every route of every table, of both families where the ip at hand is that of iproute2. */
export const ipRoutes = defineQuery({
  name: 'ip-routes',
  where: 'anywhere',
  level: 'probe',
  limit: 10,
  cap: 1 << 20,
  args: z.strictObject({}),
  variants: [
    {
      tool: 'ip',
      argv: () =>
        shell('ip -j -d route show table all 2>/dev/null || ip route show table all 2>/dev/null || ip route', []),
    },
  ],
  parse: ({ stdout }) => parseRoutes(stdout),
});
