import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseRouteTo } from '../../parse/links/route-to.js';
import { shell } from '../scripts/tries.js';

const address = z.union([z.ipv4(), z.ipv6()]);

/** Which way the kernel would send a packet that carries a given address of this host as its source. */
export const routeFrom = defineQuery({
  name: 'route-from',
  where: 'anywhere',
  level: 'probe',
  limit: 5,
  args: z.strictObject({ address, source: address }),
  variants: [
    {
      tool: 'ip',
      argv: (args) =>
        shell('ip -j route get "$1" from "$2" 2>/dev/null || ip route get "$1" from "$2"', [args.address, args.source]),
    },
  ],
  parse: ({ stdout, stderr }) => parseRouteTo(stdout, stderr),
});
