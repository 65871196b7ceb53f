import { z } from 'zod';
import { bare, type Counted, nameOf, risesOf } from './filters.js';
import type { Packet } from './packet.js';
import type { Rule } from './rule-set.js';
import { basesAt } from './translate.js';
import { walk } from './walk.js';

export const exemptionSchema = z.strictObject({
  rule: z.string(),
  table: z.string(),
  /** How many packets it took between the readings; absent where nobody counts. */
  rise: z.int().optional(),
});
export type Exemption = z.infer<typeof exemptionSchema>;

// "-A PREROUTING -i cni0 -p tcp -m tcp --dport 80 -j CT --notrack", which older iptables write as -j NOTRACK, and
// {"notrack":null} in the list of nft(8).
const exempts = ({ text }: Rule) => /-j (CT --notrack|NOTRACK)\b|"notrack"/.test(text);

interface Asked {
  readonly family: 'ip' | 'ip6';
  readonly packet: Packet;
}

/**
 * Rules that take the first packet of a connection out of tracking. What is not tracked meets no rule of a table of
 * type nat (iptables-extensions(8), CT): no Service address is translated then.
 */
export const exemptions = (readings: Counted, { family, packet }: Asked): Exemption[] => {
  const rises = risesOf(readings);
  return basesAt(readings.after, packet.fromNode ? 'output' : 'prerouting', family)
    .filter(({ chain }) => chain.hook.type !== 'nat')
    .flatMap(({ table, chain }) =>
      walk(table.chains, chain.name, packet)
        .passed.filter(exempts)
        .map((rule): Exemption => {
          const rise = rises.get(rule);
          return { rule: bare(rule), table: nameOf(table), ...(rise !== undefined && { rise }) };
        }),
    );
};
