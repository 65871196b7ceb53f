import { z } from 'zod';
import { isAddress, unique } from './addresses.js';

/** `unresolved` is a name that is missing or that nobody answered for: a libc does not tell them apart for everybody. */
export const lookupFactsSchema = z.strictObject({
  tool: z.string(),
  class: z.enum(['found', 'unresolved', 'timeout', 'other']),
  /** Empty also where a name was found but its address could not be read. */
  addresses: z.array(z.string()),
  message: z.string(),
});
export type LookupFacts = z.infer<typeof lookupFactsSchema>;

const missing = /bad address|not known|name resolution|no address associated|unknown host|does not resolve/i;

const classOf = (text: string, tool: string, addresses: readonly string[]): LookupFacts['class'] => {
  if (addresses.length > 0) return 'found';
  if (/exit=(124|137|143)\b/.test(text)) return 'timeout';
  // getent(1): 2 means that the key was not found, whatever the reason.
  if (missing.test(text) || (tool === 'getent' && /^exit=2$/m.test(text))) return 'unresolved';
  return /^ping: connect: (network|no route)/im.test(text) ? 'found' : 'other';
};

export const parseLookup = (text: string, tool: string): LookupFacts => {
  // getent: "10.96.1.2       STREAM cart.shop.svc.cluster.local"; ping: "PING cart (10.96.1.2): 56 data bytes"
  const listed = [...text.matchAll(/^(\S+)\s+STREAM\b/gm)];
  const pinged = [...text.matchAll(/^PING \S*?\s?\(([^)]+)\)/gm)];
  const addresses = unique([...listed, ...pinged].map((match) => match[1] ?? '').filter(isAddress));
  return { tool, class: classOf(text, tool, addresses), addresses, message: text.trim().slice(-300) };
};
