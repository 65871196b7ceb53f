import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseIptablesSave } from '../../parse/rules/iptables-save.js';
import { saved } from '../../parse/rules/saved.js';

export const familySchema = z.enum(['ip', 'ip6']);

/** Counters of two moments are two readings, so the moment is part of the question. */
export const momentSchema = z.enum(['now', 'before', 'after']);

/**
 * All tables of iptables with their counters, of the backend that is the default on the node. It loads nothing where
 * that backend has tables already: a look at `packet-table-names` comes first.
 */
export const packetRules = defineQuery({
  name: 'packet-rules',
  where: 'node',
  level: 'node',
  limit: 10,
  // 100,000 lines of rules.
  cap: 16 << 20,
  args: z.strictObject({ family: familySchema, moment: momentSchema }),
  variants: [
    {
      tool: 'iptables-save',
      root: true,
      argv: ({ family }) => [family === 'ip' ? 'iptables-save' : 'ip6tables-save', '-c'],
    },
  ],
  parse: (run, { family }) => saved(run, (text) => parseIptablesSave(text, family)),
});
