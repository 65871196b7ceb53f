import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseBridgePorts } from '../../parse/rules/bridge-json.js';

/** The ports of the bridges on the node, and whether each may send a packet back where it came from. */
export const bridgePorts = defineQuery({
  name: 'bridge-ports',
  where: 'node',
  level: 'node',
  limit: 5,
  args: z.strictObject({}),
  variants: [{ tool: 'bridge', argv: () => ['bridge', '-j', '-d', 'link'] }],
  parse: ({ stdout }) => parseBridgePorts(stdout),
});
