import { z } from 'zod';
import { defineQuery } from '../domain/query.js';
import { parseProcNet } from '../parse/proc-net.js';
import { parseListeners } from '../parse/ss-listeners.js';

const tables = ['/proc/net/tcp', '/proc/net/tcp6', '/proc/net/udp', '/proc/net/udp6'];

/** What waits for connections or datagrams. The tables of the kernel do for any image that has grep or cat. */
export const listeningSockets = defineQuery({
  name: 'listening-sockets',
  where: 'anywhere',
  level: 'probe',
  elsewhere: 'same-network',
  limit: 5,
  args: z.strictObject({}),
  variants: [
    { tool: 'ss', argv: () => ['ss', '-ltnuH'] },
    // Without the thousands of connections of a busy Pod: state 0A is LISTEN, 07 an unconnected UDP socket.
    { tool: 'grep', argv: () => ['grep', '-he', 'local_address', '-e', ' 0A ', '-e', ' 07 ', ...tables] },
    { tool: 'cat', argv: () => ['cat', ...tables] },
  ],
  parse: ({ stdout, exitCode, tool }) => {
    const said = tool === 'ss' ? parseListeners(stdout) : parseProcNet(stdout);
    // grep and cat complain of the missing tables of a node without IPv6, and have still read the others.
    return tool === 'ss' && exitCode !== 0 ? { ...said, understood: false } : said;
  },
});
