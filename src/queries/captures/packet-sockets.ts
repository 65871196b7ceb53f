import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parsePacketSockets } from '../../parse/captures/packet-sockets.js';

/** Who listens to packets on a host: tells when a capture has begun, and that none was left behind. */
export const packetSockets = defineQuery({
  name: 'packet-sockets',
  where: 'node',
  level: 'node',
  limit: 5,
  args: z.strictObject({}),
  variants: [{ tool: 'cat', argv: () => ['cat', '/proc/net/packet'] }],
  parse: ({ stdout }) => parsePacketSockets(stdout),
});
