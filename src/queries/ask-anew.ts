import { z } from 'zod';
import { defineQuery } from '../domain/query.js';
import { parseAsked } from '../parse/asked.js';
import { hostSchema, momentSchema, portSchema, triesSchema, waitSchema } from './scripts/arguments.js';
import { allAtOnce, shell } from './scripts/tries.js';

const args = z.strictObject({
  host: hostSchema,
  port: portSchema,
  name: hostSchema,
  tries: triesSchema,
  waitSeconds: waitSchema,
  /** The moment of the reading of counters that these questions come after. */
  since: momentSchema,
});
type Args = z.infer<typeof args>;

// dig goes over to TCP by itself only for answers that were cut; `+notcp` is its default, said aloud.
const withDig = allAtOnce(
  `  timeout "$secs" dig +notcp +tries=1 +time="$secs" +noall +comments +answer -p "$port" "@$host" "$name" A`,
);
const withNslookup = allAtOnce(`  timeout "$secs" nslookup "$name" "$host"`);
const positions = ({ host, port, waitSeconds, tries, name }: Args) => [host, port, waitSeconds, tries, '/', name];

/** Questions over UDP to a name server between two readings of counters: of all that speaks UDP, it is sure to answer. */
export const askAnew = defineQuery({
  name: 'ask-anew',
  where: 'anywhere',
  level: 'probe',
  limit: 15,
  args,
  variants: [
    { tool: 'dig', argv: (given: Args) => shell(withDig, positions(given)) },
    { tool: 'nslookup', argv: (given: Args) => shell(withNslookup, positions(given)) },
  ],
  parse: ({ stdout, tool }) => parseAsked(stdout, tool),
});
