import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseRelease } from '../../parse/kernel/release.js';

/** Which kernel the node runs. */
export const kernelRelease = defineQuery({
  name: 'kernel-release',
  where: 'node',
  level: 'node',
  limit: 5,
  args: z.strictObject({}),
  variants: [
    { tool: 'uname', argv: () => ['uname', '-r'] },
    { tool: 'cat', argv: () => ['cat', '/proc/sys/kernel/osrelease'] },
  ],
  parse: ({ stdout }) => parseRelease(stdout),
});
