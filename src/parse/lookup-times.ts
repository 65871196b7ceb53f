import { z } from 'zod';
import { parseLookup } from './lookup.js';
import { readTries, type SpokenTry } from './tries.js';

export const lookupTimeSchema = z.strictObject({
  class: z.enum(['found', 'unresolved', 'timeout', 'other']),
  ms: z.number().optional(),
});
export type LookupTime = z.infer<typeof lookupTimeSchema>;

/** What became of one lookup, by the words of its program. */
export const readLookup = ({ exitCode, ms, message }: SpokenTry, tool: string): LookupTime => {
  // "try 1 exit=0 from=82.31 to=87.33 10.96.0.1 STREAM kubernetes.default.svc.cluster.local 10.96.0.1 DGRAM …"
  const found = exitCode === 0 && /^\S+\s+STREAM\b/.test(message);
  const { class: heard } = parseLookup(`${message}\nexit=${exitCode}`, tool);
  return { class: found ? 'found' : heard, ...(ms === undefined ? {} : { ms }) };
};

/** How long each of several lookups by the libc took. */
export const parseLookupTimes = (stdout: string, tool: string): LookupTime[] =>
  readTries(stdout).map((spoken) => readLookup(spoken, tool));
