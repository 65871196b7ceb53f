import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseIptablesSave } from '../../parse/rules/iptables-save.js';
import { saved } from '../../parse/rules/saved.js';
import { familySchema, momentSchema } from './packet-rules.js';

/** Of the nftables backend, where the default of the node is the other one. */
export const nftPacketRules = defineQuery({
  name: 'nft-packet-rules',
  where: 'node',
  level: 'node',
  limit: 10,
  // 100,000 lines of rules.
  cap: 16 << 20,
  args: z.strictObject({ family: familySchema, moment: momentSchema }),
  variants: [
    {
      tool: 'iptables-nft-save',
      root: true,
      argv: ({ family }) => [family === 'ip' ? 'iptables-nft-save' : 'ip6tables-nft-save', '-c'],
    },
  ],
  parse: (run, { family }) => saved(run, (text) => parseIptablesSave(text, family)),
});
