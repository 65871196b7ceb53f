import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parsePodNetwork } from '../../parse/links/pod-network.js';
import { networkTables } from '../scripts/network-tables.js';
import { shell } from '../scripts/tries.js';

/** Devices, routes and neighbours of the network that one process of the node lives in. */
export const podNetwork = defineQuery({
  name: 'pod-network',
  where: 'node',
  level: 'node',
  limit: 10,
  args: z.strictObject({ pid: z.int().min(2).max(4_194_304) }),
  variants: [{ tool: 'nsenter', root: true, argv: ({ pid }) => shell(networkTables('nsenter -t "$1" -n '), [pid]) }],
  parse: ({ stdout }) => parsePodNetwork(stdout),
});
