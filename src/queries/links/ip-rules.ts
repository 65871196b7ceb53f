import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseRules } from '../../parse/links/rules.js';
import { shell } from '../scripts/tries.js';

/** Which routing table is asked for which packets. */
export const ipRules = defineQuery({
  name: 'ip-rules',
  where: 'anywhere',
  level: 'probe',
  limit: 5,
  args: z.strictObject({}),
  variants: [{ tool: 'ip', argv: () => shell('ip -j rule 2>/dev/null || ip rule', []) }],
  parse: ({ stdout }) => parseRules(stdout),
});
