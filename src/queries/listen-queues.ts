import { z } from 'zod';
import { defineQuery } from '../domain/query.js';
import { parseListenQueues } from '../parse/kernel/listen-queues.js';

/** How many connections wait at each listener for the program to take them. */
export const listenQueues = defineQuery({
  name: 'listen-queues',
  where: 'anywhere',
  level: 'probe',
  limit: 5,
  args: z.strictObject({}),
  variants: [
    { tool: 'ss', argv: () => ['ss', '-ltnH'] },
    { tool: 'grep', argv: () => ['grep', '-h', ' 0A ', '/proc/net/tcp', '/proc/net/tcp6'] },
  ],
  parse: ({ stdout }) => parseListenQueues(stdout),
});
