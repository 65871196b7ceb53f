import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { hexOf, hexPort } from '../../parse/rules/hex-address.js';
import { parseVirtualConnections } from '../../parse/rules/ip-vs-connections.js';

const args = z.strictObject({
  protocol: z.enum(['tcp', 'udp', 'sctp']),
  address: z.ipv4(),
  port: z.int().min(1).max(65_535),
});

// A busy node has hundreds of thousands of connections; these tell as much as all of them.
const most = '200';

/** Connections of clients to one virtual server of IPVS, and where each was sent. Never the whole table. */
export const virtualConnections = defineQuery({
  name: 'virtual-connections',
  where: 'node',
  level: 'node',
  limit: 8,
  args,
  variants: [
    {
      tool: 'grep',
      root: true,
      argv: ({ protocol, address, port }) => [
        ...['grep', '-m', most, '-E'],
        `^${protocol.toUpperCase()} +[^ ]+ [0-9A-F]{4} +${hexOf(address) ?? ''} ${hexPort(port)} `,
        '/proc/net/ip_vs_conn',
      ],
    },
  ],
  // grep ends with 1 where there is none.
  parse: ({ stdout }) => parseVirtualConnections(stdout),
});
