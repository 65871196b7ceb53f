import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseNeighbours } from '../../parse/rules/bridge-json.js';

/** The hardware address that the node knows for one address. */
export const addressNeighbour = defineQuery({
  name: 'address-neighbour',
  where: 'node',
  level: 'node',
  limit: 5,
  args: z.strictObject({ address: z.union([z.ipv4(), z.ipv6()]) }),
  variants: [{ tool: 'ip', argv: ({ address }) => ['ip', '-j', 'neigh', 'show', 'to', address] }],
  parse: ({ stdout }) => parseNeighbours(stdout),
});
