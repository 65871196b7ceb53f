import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseCpuStat } from '../../parse/kernel/cpu-stat.js';
import { momentSchema } from '../scripts/arguments.js';

/** How often the processor time of a container was cut short. A container sees its own cgroup at the root. */
export const cpuStat = defineQuery({
  name: 'cpu-stat',
  where: 'pod',
  level: 'probe',
  limit: 5,
  // Read twice, the second reading has another name: nothing may answer it from a cache.
  args: z.strictObject({ since: momentSchema.optional() }),
  variants: [{ tool: 'cat', argv: () => ['cat', '/sys/fs/cgroup/cpu.stat', '/sys/fs/cgroup/cpu/cpu.stat'] }],
  parse: ({ stdout }) => parseCpuStat(stdout),
});
