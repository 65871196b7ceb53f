import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseRouteTo } from '../../parse/links/route-to.js';
import { shell } from '../scripts/tries.js';

const address = z.union([z.ipv4(), z.ipv6()]);

/** Which way the kernel would send a packet to one address. */
export const routeTo = defineQuery({
  name: 'route-to',
  where: 'anywhere',
  level: 'probe',
  limit: 5,
  args: z.strictObject({ address }),
  variants: [
    {
      tool: 'ip',
      // A refusing route makes ip fail as a missing option does, so the text is asked for in any case.
      argv: (args) => shell('ip -j route get "$1" 2>/dev/null || ip route get "$1"', [args.address]),
    },
  ],
  parse: ({ stdout, stderr }) => parseRouteTo(stdout, stderr),
});
