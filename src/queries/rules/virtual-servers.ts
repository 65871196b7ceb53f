import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseVirtualServers } from '../../parse/rules/ip-vs.js';

/** The tables of IPVS, from the kernel itself: `ipvsadm` would load the module where it is not. */
export const virtualServers = defineQuery({
  name: 'virtual-servers',
  where: 'node',
  level: 'node',
  limit: 5,
  args: z.strictObject({}),
  variants: [{ tool: 'cat', root: true, argv: () => ['cat', '/proc/net/ip_vs'] }],
  parse: ({ stdout, exitCode }) => parseVirtualServers(stdout, exitCode),
});
