import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parsePing } from '../../parse/ping.js';
import { hostSchema } from '../scripts/arguments.js';

/** Forty echoes in eight seconds: enough to see a loss of eight in a hundred (n >= 3/p), and no load. */
export const pingSeries = defineQuery({
  name: 'ping-series',
  where: 'anywhere',
  level: 'probe',
  limit: 15,
  args: z.strictObject({ host: hostSchema }),
  variants: [{ tool: 'ping', argv: ({ host }) => ['ping', '-n', '-q', '-c', '40', '-i', '0.2', '-W', '1', host] }],
  parse: ({ stdout, stderr }) => parsePing(`${stdout}\n${stderr}`),
});
