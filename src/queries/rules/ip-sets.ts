import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseIpSets } from '../../parse/rules/ip-sets.js';
import { saved } from '../../parse/rules/saved.js';

/**
 * All sets of ipset with their members. Only where IPVS serves Services: there kube-proxy has made sets, and asking
 * loads no module.
 */
export const ipSets = defineQuery({
  name: 'ip-sets',
  where: 'node',
  level: 'node',
  limit: 10,
  // 100,000 members.
  cap: 4 << 20,
  args: z.strictObject({}),
  variants: [{ tool: 'ipset', root: true, argv: () => ['ipset', 'list'] }],
  parse: (run) => saved(run, parseIpSets),
});
