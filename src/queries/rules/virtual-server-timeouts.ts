import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseIpvsTimeouts } from '../../parse/rules/ipvs-timeouts.js';
import { shell } from '../scripts/tries.js';

// Where the module is not loaded, ipvsadm would load it.
const ifThere = '[ -e /proc/net/ip_vs ] && exec ipvsadm -l --timeout';

/** After how many seconds IPVS forgets connections that are quiet. */
export const virtualServerTimeouts = defineQuery({
  name: 'virtual-server-timeouts',
  where: 'node',
  level: 'node',
  limit: 5,
  args: z.strictObject({}),
  variants: [{ tool: 'ipvsadm', root: true, argv: () => shell(ifThere, []) }],
  parse: ({ stdout }) => parseIpvsTimeouts(stdout),
});
