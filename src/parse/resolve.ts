import { z } from 'zod';
import { isAddress, unique } from './addresses.js';

/** `no-address`: the name exists without an address. `no-server`: nobody serves there; `timeout`: silence. */
const resolveClasses = [
  'found',
  'no-address',
  'not-found',
  'refused',
  'server-failure',
  'timeout',
  'no-server',
  'other',
] as const;

export const resolveFactsSchema = z.strictObject({
  tool: z.string(),
  class: z.enum(resolveClasses),
  addresses: z.array(z.string()),
  /** The name the addresses belong to, without the final dot; empty where none was found. */
  canonical: z.string(),
  /** Who answered; empty where nobody did. */
  server: z.string(),
  ms: z.number().optional(),
  message: z.string(),
});
export type ResolveFacts = z.infer<typeof resolveFactsSchema>;
type Class = ResolveFacts['class'];

// dig: "cart.shop.svc.cluster.local. 30	IN	A	10.96.1.2"
const record = /^(\S+)\s+\d+\s+IN\s+(?:A|AAAA)\s+(\S+)$/;
// nslookup: "Address: 10.96.1.2" after "Name:	cart.shop.svc.cluster.local"; a small busybox writes "Address 1: ".
const address = /^Address(?: \d+)?:\s+(\S+)/;

const bare = (name: string) => name.replace(/\.$/, '');

interface Found {
  readonly name: string;
  readonly address: string;
}

const fromDig = (text: string): Found[] =>
  text.split('\n').flatMap((line) => {
    const [, name = '', found = ''] = record.exec(line.trim()) ?? [];
    return isAddress(found) ? [{ name: bare(name), address: found }] : [];
  });

const fromNslookup = (text: string): Found[] => {
  let name = '';
  const found: Found[] = [];
  for (const line of text.split('\n')) {
    name = bare(/^Name:\s+(\S+)/.exec(line)?.[1] ?? name);
    const one = address.exec(line)?.[1] ?? '';
    // The address before the first name is the server's own.
    if (name && isAddress(one)) found.push({ name, address: one });
  }
  return found;
};

const words: readonly (readonly [RegExp, Class])[] = [
  [/connection refused|network (is )?unreachable|no route to host|host (is )?unreachable/i, 'no-server'],
  [/timed out|no servers could be reached|exit=(124|137|143)\b/, 'timeout'],
  [/status: NXDOMAIN|: NXDOMAIN/, 'not-found'],
  [/status: SERVFAIL|: SERVFAIL/, 'server-failure'],
  [/status: REFUSED|: REFUSED/, 'refused'],
  [/status: NOERROR|No answer|^Server:\s+\S+[\s\S]*exit=0/, 'no-address'],
];

const firstOf = (text: string, ...patterns: readonly RegExp[]): string =>
  patterns.map((pattern) => pattern.exec(text)?.[1]).find((found) => found !== undefined) ?? '';

const failureIn = (text: string): Class => words.find(([pattern]) => pattern.test(text))?.[1] ?? 'other';

export const parseResolve = (text: string, tool: string): ResolveFacts => {
  const found = tool === 'dig' ? fromDig(text) : fromNslookup(text);
  const ms = firstOf(text, /^;; Query time: (\d+) msec/m);
  return {
    tool,
    class: found.length > 0 ? 'found' : failureIn(text),
    addresses: unique(found.map((one) => one.address)),
    canonical: found[0]?.name ?? '',
    server: firstOf(text, /^;; SERVER: ([^#\s]+)/m, /^Server:\s+(\S+)/m),
    ...(ms === '' ? {} : { ms: Number(ms) }),
    message: text.trim().slice(-300),
  };
};
