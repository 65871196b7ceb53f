import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseCardStatistics } from '../../parse/kernel/card.js';
import { deviceSchema, momentSchema } from '../scripts/arguments.js';

/** How many packets a network device lost, in the words of its driver. */
export const cardStatistics = defineQuery({
  name: 'card-statistics',
  where: 'node',
  level: 'node',
  limit: 5,
  args: z.strictObject({
    device: deviceSchema,
    since: momentSchema.optional(),
  }),
  variants: [{ tool: 'ethtool', argv: ({ device }) => ['ethtool', '-S', device] }],
  parse: ({ stdout }) => parseCardStatistics(stdout),
});
