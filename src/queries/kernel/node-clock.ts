import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';

/** The time of a node, in seconds. */
export const nodeClock = defineQuery({
  name: 'node-clock',
  where: 'node',
  level: 'node',
  limit: 5,
  args: z.strictObject({}),
  variants: [{ tool: 'date', argv: () => ['date', '+%s'] }],
  // "1795258085"
  parse: ({ stdout }) => (/^\d{9,11}$/.test(stdout.trim()) ? Number(stdout) : undefined),
});
