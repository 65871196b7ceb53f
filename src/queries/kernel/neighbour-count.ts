import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';

/** How many IPv4 neighbours this namespace holds. */
export const neighbourCount = defineQuery({
  name: 'neighbour-count',
  where: 'node',
  level: 'node',
  limit: 5,
  args: z.strictObject({}),
  variants: [{ tool: 'grep', argv: () => ['grep', '-c', ':', '/proc/net/arp'] }],
  // Every line but the heading has a hardware address. grep ends with 1 where it counts none.
  parse: ({ stdout }) => (/^\d{1,9}$/.test(stdout.trim()) ? Number(stdout) : undefined),
});
