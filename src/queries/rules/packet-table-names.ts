import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseTableNames } from '../../parse/rules/table-names.js';
import { familySchema } from './packet-rules.js';

/** The tables that the legacy backend of iptables has. Only root may read the file, and its absence is an answer. */
export const packetTableNames = defineQuery({
  name: 'packet-table-names',
  where: 'node',
  level: 'node',
  limit: 5,
  args: z.strictObject({ family: familySchema }),
  variants: [{ tool: 'cat', root: true, argv: ({ family }) => ['cat', `/proc/net/${family}_tables_names`] }],
  parse: ({ stdout, stderr, exitCode }) => parseTableNames({ stdout, stderr, exitCode }),
});
