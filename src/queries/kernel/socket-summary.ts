import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseSocketSummary } from '../../parse/kernel/socket-summary.js';

/** How many sockets a namespace holds, by state: what `collect` keeps of them. */
export const socketSummary = defineQuery({
  name: 'socket-summary',
  where: 'anywhere',
  level: 'probe',
  limit: 5,
  args: z.strictObject({}),
  variants: [{ tool: 'ss', argv: () => ['ss', '-s'] }],
  parse: ({ stdout }) => parseSocketSummary(stdout),
});
