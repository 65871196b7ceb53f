import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseCapture } from '../../parse/captures/capture.js';
import { filterOf } from '../scripts/capture-filter.js';

const args = z.strictObject({
  addresses: z
    .array(z.union([z.ipv4(), z.ipv6()]))
    .min(1)
    .max(8),
  ports: z.array(z.int().min(1).max(65535)).min(1).max(8),
  tunnels: z.array(z.int().min(1).max(65535)).max(4),
  seconds: z.int().min(1).max(30),
});

/**
 * What passes through the devices of a node, for some seconds: opened and refused connections between a few addresses,
 * their headers only. Never promiscuous, nothing on the disk of the node.
 *
 * The limit stands inside of sudo: who is not root may not end what root runs.
 */
export const packetCapture = defineQuery({
  name: 'packet-capture',
  where: 'node',
  level: 'node',
  limit: 40,
  args,
  variants: [
    {
      tool: 'tcpdump',
      root: true,
      argv: ({ seconds, ...wanted }) => [
        ...['timeout', '-k', '1', `${seconds}`],
        ...['tcpdump', '-p', '-n', '-tt', '-e', '-S', '-i', 'any', '-c', '600', '-s', '144', filterOf(wanted)],
      ],
    },
  ],
  parse: ({ stdout, stderr }) => parseCapture(stdout, stderr),
});
