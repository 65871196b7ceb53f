import { z } from 'zod';
import { defineQuery } from '../domain/query.js';
import { parseLookupTimes } from '../parse/lookup-times.js';
import { hostSchema, momentSchema } from './scripts/arguments.js';
import { allAtOnce, shell } from './scripts/tries.js';

// Longer than the five seconds after which a resolver asks again, so that the second question is heard, too.
const withGetent = allAtOnce('  timeout 8 getent ahosts "$host"');

/** Twenty lookups by the libc, side by side: of both families at once, from one socket each, as programs ask. */
export const lookupTimes = defineQuery({
  name: 'lookup-times',
  where: 'pod',
  level: 'probe',
  limit: 12,
  args: z.strictObject({ name: hostSchema, since: momentSchema }),
  variants: [{ tool: 'getent', argv: ({ name }) => shell(withGetent, [name, 0, 0, 20]) }],
  parse: ({ stdout, tool }) => parseLookupTimes(stdout, tool),
});
