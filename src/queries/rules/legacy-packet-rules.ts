import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseIptablesSave } from '../../parse/rules/iptables-save.js';
import { saved } from '../../parse/rules/saved.js';
import { familySchema, momentSchema } from './packet-rules.js';

/** Of the legacy backend. Only where it has tables: asking an empty one makes them. */
export const legacyPacketRules = defineQuery({
  name: 'legacy-packet-rules',
  where: 'node',
  level: 'node',
  limit: 10,
  // 100,000 lines of rules.
  cap: 16 << 20,
  args: z.strictObject({ family: familySchema, moment: momentSchema }),
  variants: [
    {
      tool: 'iptables-legacy-save',
      root: true,
      argv: ({ family }) => [family === 'ip' ? 'iptables-legacy-save' : 'ip6tables-legacy-save', '-c'],
    },
  ],
  parse: (run, { family }) => saved(run, (text) => parseIptablesSave(text, family)),
});
