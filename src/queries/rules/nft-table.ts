import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseNftRules } from '../../parse/rules/nft-rules.js';
import { saved } from '../../parse/rules/saved.js';
import { momentSchema } from './packet-rules.js';

export const nftFamilySchema = z.enum(['ip', 'ip6', 'inet', 'arp', 'bridge', 'netdev']);

/** One table of nftables with its sets, maps and counters. */
export const nftTable = defineQuery({
  name: 'nft-table',
  where: 'node',
  level: 'node',
  limit: 10,
  // 100,000 lines of rules.
  cap: 16 << 20,
  args: z.strictObject({
    family: nftFamilySchema,
    table: z.string().regex(/^[A-Za-z_][\w./-]{0,126}$/),
    moment: momentSchema,
  }),
  variants: [{ tool: 'nft', root: true, argv: ({ family, table }) => ['nft', '-j', 'list', 'table', family, table] }],
  parse: (run) => saved(run, parseNftRules),
});
