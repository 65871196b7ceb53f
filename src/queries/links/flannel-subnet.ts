import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseFlannelSubnet } from '../../parse/links/flannel-subnet.js';
import { shell } from '../scripts/tries.js';

/** The range that flannel leased for this node, as its CNI plugin reads it. */
export const flannelSubnet = defineQuery({
  name: 'flannel-subnet',
  where: 'node',
  level: 'node',
  limit: 5,
  args: z.strictObject({}),
  variants: [
    { tool: 'cat', argv: () => shell('[ -e /run/flannel/subnet.env ] || exit 0; cat /run/flannel/subnet.env', []) },
  ],
  parse: ({ stdout }) => parseFlannelSubnet(stdout),
});
