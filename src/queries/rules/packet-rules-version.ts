import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseIptablesVersion } from '../../parse/rules/iptables-version.js';

/** Which backend `iptables` means on this node. */
export const packetRulesVersion = defineQuery({
  name: 'packet-rules-version',
  where: 'node',
  level: 'node',
  limit: 5,
  args: z.strictObject({}),
  variants: [{ tool: 'iptables', argv: () => ['iptables', '--version'] }],
  parse: ({ stdout }) => parseIptablesVersion(stdout),
});
