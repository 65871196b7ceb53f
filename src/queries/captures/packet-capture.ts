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
  /** In the network that this process of the node lives in; in that of the node where it is absent. */
  pid: z.int().min(2).max(4_194_304).optional(),
  /**
   * For a tcpdump that was built for a user who is not there, as images bring: it stays root, or, where the image
   * knows no user at all, becomes a number that may listen and nothing else.
   */
  user: z.enum(['root', 'number']).optional(),
});

// 65534 is nobody where there are users.
const asNumber = [
  ...['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups'],
  ...['--inh-caps', '+net_raw', '--ambient-caps', '+net_raw'],
];

/**
 * What passes through the devices of a node, for some seconds: opened and refused connections between a few addresses,
 * their headers only. Never promiscuous, nothing on the disk of the node.
 *
 * Their bytes are printed, too, so that a file of them can be kept here.
 * The limit stands inside of sudo: who is not root may not end what root runs.
 */
export const packetCapture = defineQuery({
  name: 'packet-capture',
  where: 'node',
  level: 'node',
  limit: 40,
  // Six hundred packets with their bytes in hexadecimal.
  cap: 1 << 20,
  args,
  variants: [
    {
      tool: 'tcpdump',
      root: true,
      argv: ({ seconds, pid, user, ...wanted }) => [
        ...(pid === undefined ? [] : ['nsenter', '-t', `${pid}`, '-n', '--']),
        ...['timeout', '-k', '1', `${seconds}`, ...(user === 'number' ? asNumber : [])],
        ...['tcpdump', ...(user === 'root' ? ['-Z', 'root'] : [])],
        ...['-p', '-n', '-tt', '-e', '-S', '-xx', '-i', 'any', '-c', '600', '-s', '144', filterOf(wanted)],
      ],
    },
  ],
  parse: ({ stdout, stderr }) => parseCapture(stdout, stderr),
});
