import type { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseLookups } from '../../parse/recorder/samples.js';
import { paceSchema, positions, stretchLimit } from '../scripts/pace.js';
import { oneByOne, shell } from '../scripts/tries.js';

type Args = z.infer<typeof paceSchema>;

const withGetent = oneByOne('  timeout "$secs" getent ahosts "$host"');
// A busybox image has no getent, but its ping asks the same libc and prints the address before it sends anything.
const withPing = oneByOne('  timeout "$secs" ping -c 1 -W 1 -w 1 "$host"');

/** Looks a name up by the libc at a steady pace for some seconds. */
export const lookupsOverTime = defineQuery({
  name: 'lookups-over-time',
  where: 'pod',
  level: 'probe',
  elsewhere: 'look-alike',
  limit: stretchLimit,
  args: paceSchema,
  variants: [
    { tool: 'getent', argv: (a: Args) => shell(withGetent, positions(a)) },
    { tool: 'ping', argv: (a: Args) => shell(withPing, positions(a)) },
  ],
  parse: ({ stdout, tool }) => parseLookups(stdout, tool),
});
