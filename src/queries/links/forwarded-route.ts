import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseRouteTo } from '../../parse/links/route-to.js';
import { shell } from '../scripts/tries.js';

const address = z.union([z.ipv4(), z.ipv6()]);
// IFNAMSIZ is 16 with the closing zero.
const device = z.string().regex(/^[^\s/]{1,15}$/);

/**
 * Which way a node would send a packet that a Pod of its own hands to it: rules by source or by device count, which the
 * node's own packets do not meet.
 */
export const forwardedRoute = defineQuery({
  name: 'forwarded-route',
  where: 'node',
  level: 'node',
  limit: 5,
  args: z.strictObject({ address, source: address, device }),
  variants: [
    {
      tool: 'ip',
      argv: (args) =>
        shell('ip -j route get "$1" from "$2" iif "$3" 2>/dev/null || ip route get "$1" from "$2" iif "$3"', [
          args.address,
          args.source,
          args.device,
        ]),
    },
  ],
  parse: ({ stdout, stderr }) => parseRouteTo(stdout, stderr),
});
