import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseQueues } from '../../parse/kernel/queue-disciplines.js';
import { momentSchema } from '../scripts/arguments.js';
import { shell } from '../scripts/tries.js';

/** The queues that packets leave by, with what they dropped or held back. */
export const queueDisciplines = defineQuery({
  name: 'queue-disciplines',
  where: 'anywhere',
  level: 'probe',
  limit: 5,
  cap: 1 << 20,
  args: z.strictObject({ since: momentSchema.optional() }),
  variants: [{ tool: 'tc', argv: () => shell('tc -s -j qdisc 2>/dev/null || tc -s qdisc', []) }],
  parse: ({ stdout }) => parseQueues(stdout),
});
