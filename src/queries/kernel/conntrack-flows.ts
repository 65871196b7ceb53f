import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseConntrackFlows } from '../../parse/kernel/conntrack-flows.js';
import { hostSchema } from '../scripts/arguments.js';

const args = z.strictObject({ protocol: z.enum(['tcp', 'udp']), source: hostSchema, destination: hostSchema });
type Args = z.infer<typeof args>;

const family = (address: string) => (address.includes(':') ? 'ipv6' : 'ipv4');

/** What one client has open to one address, as the node of the client tracks it. Never the whole table: that takes a processor. */
export const conntrackFlows = defineQuery({
  name: 'conntrack-flows',
  where: 'node',
  level: 'node',
  limit: 8,
  args,
  variants: [
    {
      tool: 'conntrack',
      root: true,
      argv: ({ protocol, source, destination }: Args) => [
        ...['conntrack', '-L', '-f', family(source), '-p', protocol, '-s', source, '-d', destination],
      ],
    },
    {
      tool: 'grep',
      root: true,
      argv: ({ source, destination }) => ['grep', '-F', `src=${source} dst=${destination} `, '/proc/net/nf_conntrack'],
    },
  ],
  // conntrack ends with 0 and grep with 1 where there is none.
  parse: ({ stdout }, { protocol }) => parseConntrackFlows(stdout).filter((one) => one.protocol === protocol),
});
