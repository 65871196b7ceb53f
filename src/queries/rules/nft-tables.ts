import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseNftTables } from '../../parse/rules/nft-rules.js';
import { saved } from '../../parse/rules/saved.js';

/** The names of all tables of nftables, those of iptables among them. */
export const nftTables = defineQuery({
  name: 'nft-tables',
  where: 'node',
  level: 'node',
  limit: 5,
  args: z.strictObject({}),
  variants: [{ tool: 'nft', root: true, argv: () => ['nft', '-j', 'list', 'tables'] }],
  parse: (run) => saved(run, parseNftTables),
});
