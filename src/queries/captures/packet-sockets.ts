import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parsePacketSockets } from '../../parse/captures/packet-sockets.js';

/** Who listens to packets on a host: tells when a capture has begun, and that none was left behind. */
export const packetSockets = defineQuery({
  name: 'packet-sockets',
  where: 'node',
  level: 'node',
  limit: 5,
  /** `pid`: in the network that this process lives in. */
  args: z.strictObject({ pid: z.int().min(2).max(4_194_304).optional() }),
  variants: [
    { tool: 'cat', argv: ({ pid }) => ['cat', pid === undefined ? '/proc/net/packet' : `/proc/${pid}/net/packet`] },
  ],
  parse: ({ stdout }) => parsePacketSockets(stdout),
});
