import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parsePodNetwork } from '../../parse/links/pod-network.js';
import { networkTables } from '../scripts/network-tables.js';
import { shell } from '../scripts/tries.js';

/** Devices, routes and neighbours of a Pod, asked in the Pod itself. */
export const ownNetwork = defineQuery({
  name: 'own-network',
  where: 'pod',
  level: 'probe',
  limit: 10,
  args: z.strictObject({}),
  variants: [{ tool: 'ip', argv: () => shell(networkTables(''), []) }],
  parse: ({ stdout }) => parsePodNetwork(stdout),
});
