import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseForwardingEntries } from '../../parse/links/forwarding-entries.js';
import { shell } from '../scripts/tries.js';

/** Behind which port of a bridge, or behind which host of a tunnel, each hardware address is. */
export const bridgeFdb = defineQuery({
  name: 'bridge-fdb',
  where: 'node',
  level: 'node',
  limit: 10,
  cap: 1 << 20,
  args: z.strictObject({}),
  variants: [{ tool: 'bridge', argv: () => shell('bridge -j fdb show 2>/dev/null || bridge fdb show', []) }],
  parse: ({ stdout, exitCode }) => {
    const said = parseForwardingEntries(stdout);
    return exitCode === 0 ? said : { ...said, understood: false };
  },
});
