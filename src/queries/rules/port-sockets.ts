import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parsePortSockets } from '../../parse/rules/port-sockets.js';

/** The sockets of a node that have one port of its own, and no other: a busy node has tens of thousands. */
export const portSockets = defineQuery({
  name: 'port-sockets',
  where: 'node',
  level: 'node',
  limit: 5,
  args: z.strictObject({ port: z.int().min(1).max(65_535) }),
  variants: [{ tool: 'ss', argv: ({ port }) => ['ss', '-tanH', 'sport', '=', `:${port}`] }],
  parse: ({ stdout }) => parsePortSockets(stdout),
});
