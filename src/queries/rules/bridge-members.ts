import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseBridgeMembers } from '../../parse/rules/bridge-json.js';

/** Behind which port of a bridge each hardware address is. */
export const bridgeMembers = defineQuery({
  name: 'bridge-members',
  where: 'node',
  level: 'node',
  limit: 5,
  args: z.strictObject({ bridge: z.string().regex(/^[A-Za-z0-9][\w.-]{0,14}$/) }),
  variants: [{ tool: 'bridge', argv: ({ bridge }) => ['bridge', '-j', 'fdb', 'show', 'br', bridge] }],
  parse: ({ stdout }) => parseBridgeMembers(stdout),
});
