import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseNeighbours } from '../../parse/links/neighbours.js';
import { shell } from '../scripts/tries.js';

/** The hardware addresses of the hosts beside this one. */
export const ipNeighbours = defineQuery({
  name: 'ip-neighbours',
  where: 'anywhere',
  level: 'probe',
  limit: 10,
  cap: 1 << 20,
  args: z.strictObject({}),
  variants: [{ tool: 'ip', argv: () => shell('ip -j neigh 2>/dev/null || ip neigh', []) }],
  parse: ({ stdout, exitCode }) => {
    const said = parseNeighbours(stdout);
    return exitCode === 0 ? said : { ...said, understood: false };
  },
});
