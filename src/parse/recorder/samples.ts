import { z } from 'zod';
import { readConnect } from '../connect.js';
import { readRequest } from '../http.js';
import { readResent } from '../late.js';
import { readLookup } from '../lookup-times.js';
import { readTimedTries, type TimedTry } from '../tries.js';

/** When it began, in seconds since boot; how long it took in milliseconds, or null; how it ended; its own port, or 0. */
const sampleSchema = z.tuple([z.number(), z.number().nullable(), z.string(), z.int()]);
export type Sample = z.infer<typeof sampleSchema>;

/** A stretch of a series, as one program left it. What nobody understood is counted and is no failure. */
export const stretchSchema = z.strictObject({
  tool: z.string(),
  samples: z.array(sampleSchema),
  unread: z.int(),
  /** First packets that the kernel sent again meanwhile; absent where nobody counted them. */
  resent: z.int().optional(),
});
export type Stretch = z.infer<typeof stretchSchema>;

type Read = (spoken: TimedTry) => { readonly class: string; readonly ms?: number };

// "… local-port=43906 looked-up=0.000025 connected=0.000187"
const ownPort = (message: string): number => Number(/ local-port=(\d{1,5})\b/.exec(message)?.[1] ?? 0);

const stretchOf = (tries: readonly TimedTry[], tool: string, read: Read): Stretch => {
  const samples = tries.map((spoken): Sample => {
    const { class: word, ms } = read(spoken);
    return [spoken.at, ms ?? null, word, ownPort(spoken.message)];
  });
  const understood = samples.filter(([, , word]) => word !== 'other');
  return { tool, samples: understood, unread: samples.length - understood.length };
};

/** Connects that began one after another. */
export const parseConnects = (stdout: string, tool: string): Stretch => {
  const resent = readResent(stdout);
  return { ...stretchOf(readTimedTries(stdout), tool, readConnect), ...(resent === undefined ? {} : { resent }) };
};

// ping waits a second for an echo after it has found the address, and few Services answer one.
const echoWait = 1000;

/** Lookups by the libc that began one after another. */
export const parseLookups = (stdout: string, tool: string): Stretch =>
  stretchOf(readTimedTries(stdout), tool, (spoken) => {
    const { class: word, ms } = readLookup(spoken, tool);
    const own = tool === 'ping' && ms !== undefined ? Math.max(0, ms - echoWait) : ms;
    return { class: word, ...(own === undefined ? {} : { ms: own }) };
  });

/** Requests that began one after another. */
export const parseRequests = (stdout: string, tool: string, waitSeconds: number): Stretch =>
  stretchOf(readTimedTries(stdout), tool, (spoken) => readRequest(spoken, waitSeconds));
