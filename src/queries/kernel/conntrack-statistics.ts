import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseConntrackStatistics } from '../../parse/kernel/conntrack-statistics.js';
import { momentSchema } from '../scripts/arguments.js';

/** What the connection table did with packets, for kernels that keep it out of /proc. */
export const conntrackStatistics = defineQuery({
  name: 'conntrack-statistics',
  where: 'node',
  level: 'node',
  limit: 5,
  args: z.strictObject({ since: momentSchema.optional() }),
  variants: [{ tool: 'conntrack', root: true, argv: () => ['conntrack', '-S'] }],
  parse: ({ stdout }) => parseConntrackStatistics(stdout),
});
