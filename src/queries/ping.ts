import { z } from 'zod';
import { defineQuery } from '../domain/query.js';
import { parsePing } from '../parse/ping.js';
import { hostSchema } from './scripts/arguments.js';

/** A few ICMP echoes, one per second. */
export const ping = defineQuery({
  name: 'ping',
  where: 'anywhere',
  level: 'probe',
  elsewhere: 'look-alike',
  limit: 15,
  args: z.strictObject({ host: hostSchema, count: z.int().min(1).max(5) }),
  variants: [
    {
      tool: 'ping',
      argv: ({ host, count }) => ['ping', '-c', `${count}`, '-W', '1', '-w', `${count + 1}`, host],
    },
  ],
  parse: ({ stdout, stderr }) => parsePing(`${stdout}\n${stderr}`),
});
