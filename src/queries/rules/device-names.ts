import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';

/** The interfaces of the node, by name alone: enough to tell whose they are. */
export const deviceNames = defineQuery({
  name: 'device-names',
  where: 'node',
  level: 'node',
  limit: 5,
  args: z.strictObject({}),
  variants: [{ tool: 'ls', argv: () => ['ls', '/sys/class/net'] }],
  parse: ({ stdout }) => ({ names: stdout.split(/\s+/).filter((name) => name !== '') }),
});
