import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseCiliumStatus } from '../../parse/plugins/cilium-status.js';

/** How Cilium's agent on a Node is, and what it does there. The program is called cilium-dbg since 1.15. */
export const ciliumStatus = defineQuery({
  name: 'cilium-status',
  where: 'pod',
  level: 'node',
  limit: 10,
  args: z.strictObject({}),
  variants: ['cilium-dbg', 'cilium'].map((tool) => ({ tool, argv: () => [tool, 'status', '-o', 'json'] })),
  parse: ({ stdout, stderr }) => parseCiliumStatus(stdout, stderr),
});
