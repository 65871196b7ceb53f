import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseKernelLog } from '../../parse/kernel/kernel-log.js';
import { momentSchema } from '../scripts/arguments.js';

/** What the kernel wrote down about packets it lost. `since` is the moment that is asked about, so that no older answer serves. */
export const kernelLog = defineQuery({
  name: 'kernel-log',
  where: 'node',
  level: 'node',
  limit: 8,
  cap: 1 << 20,
  args: z.strictObject({ since: momentSchema }),
  // Bare, because administrators allow it word for word in sudoers; `-c` and `-C` beside it would empty the log.
  variants: [{ tool: 'dmesg', root: true, argv: () => ['dmesg'] }],
  parse: ({ stdout, exitCode }, { since }) =>
    exitCode === 0 ? parseKernelLog(stdout).filter(({ at }) => at >= Number(since)) : undefined,
});
