import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseNeighbour } from '../../parse/kernel/neighbour.js';
import { hostSchema } from '../scripts/arguments.js';

/** Whether one address has an entry in the neighbour table. */
export const neighbour = defineQuery({
  name: 'neighbour',
  where: 'node',
  level: 'node',
  limit: 5,
  args: z.strictObject({ address: hostSchema }),
  variants: [{ tool: 'ip', argv: ({ address }) => ['ip', '-j', 'neigh', 'show', 'to', address] }],
  parse: ({ stdout, exitCode }) => (exitCode === 0 ? parseNeighbour(stdout) : undefined),
});
