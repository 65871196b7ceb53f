import { z } from 'zod';

export const deathSchema = z.strictObject({
  what: z.enum(['loop-detected', 'config-refused']),
  line: z.string(),
});
type Death = z.infer<typeof deathSchema>;

const deaths: readonly (readonly [Death['what'], RegExp])[] = [
  // [FATAL] plugin/loop: Loop (127.0.0.1:43331 -> :53) detected for zone ".", see https://coredns.io/plugins/loop#troubleshooting. Query: "HINFO 4547991504243258144.3688648895315093531."
  ['loop-detected', /plugin\/loop: Loop \(.*\) detected/],
  // /etc/coredns/Corefile:16 - Error during parsing: Unknown directive 'cachee'
  ['config-refused', /Error during parsing|^plugin\/[\w-]+: |cannot serve .* is already defined|Unknown directive/],
];

const short = (line: string) => line.trim().slice(0, 300);

/** Why CoreDNS ended, where its last lines say so. */
export const reasonOfDeath = (log: string): Death | undefined => {
  const lines = log.split('\n');
  for (const [what, pattern] of deaths) {
    const line = lines.findLast((one) => pattern.test(one));
    if (line !== undefined) return { what, line: short(line) };
  }
  return undefined;
};

export const complaintSchema = z.strictObject({
  what: z.enum([
    'upstream-silent',
    'upstream-refuses',
    'too-many-at-once',
    'answer-malformed',
    'failed-otherwise',
    'others-refused',
    'api-lost',
    'reload-failed',
  ]),
  line: z.string(),
  /** The server that it asked in vain. */
  server: z.string(),
});
export type DnsComplaint = z.infer<typeof complaintSchema>;

// [ERROR] plugin/errors: 2 www.example.com. A: read udp 10.244.1.2:45871->10.0.0.53:53: i/o timeout
const asked = /plugin\/errors: \d+ (\S+) [A-Z0-9]+: (.*)$/;
const server = /->\[?([0-9a-f.:]+?)\]?:\d+: |dial (?:tcp|udp) \[?([0-9a-f.:]+?)\]?:\d+: /;

const failure = (words: string): DnsComplaint['what'] => {
  if (/i\/o timeout/.test(words)) return 'upstream-silent';
  if (/connection refused|no route to host|network is unreachable|host is unreachable/.test(words))
    return 'upstream-refuses';
  // [ERROR] plugin/errors: 2 big.example.com. TXT: dns: overflow unpacking uint16
  if (/overflow unpacking|bad rdata|buffer size too small/.test(words)) return 'answer-malformed';
  return /concurrent queries exceeded maximum/.test(words) ? 'too-many-at-once' : 'failed-otherwise';
};

const named = (line: string, name: string): DnsComplaint | undefined => {
  const [, question = '', words = ''] = asked.exec(line) ?? [];
  if (question.toLowerCase() !== name.toLowerCase()) return undefined;
  const [, behind, dialled] = server.exec(words) ?? [];
  return { what: failure(words), line: short(line), server: behind ?? dialled ?? '' };
};

const general: readonly (readonly [DnsComplaint['what'], RegExp])[] = [
  // [ERROR] plugin/reload: Corefile changed but reload failed: …
  ['reload-failed', /plugin\/reload: (Corefile changed but reload failed|Corefile parse failed)/],
  // [WARNING] plugin/kubernetes: Kubernetes API connection failure: Get "https://10.96.0.1:443/version": dial tcp 10.96.0.1:443: i/o timeout
  [
    'api-lost',
    /plugin\/kubernetes: .*(API connection failure|[Ff]ailed to (list|watch)|is forbidden|not synced|unsynced|context deadline)/,
  ],
];

const refusedForOthers = ['others-refused', /plugin\/errors: .*concurrent queries exceeded maximum/] as const;

interface Asked {
  name: string;
  /** What others ask outside may use up what this one needs; names of the cluster are answered without it. */
  outside: boolean;
}

/** What CoreDNS complains of: of this very question first, then of itself. */
export const dnsComplaint = (log: string, { name, outside }: Asked): DnsComplaint | undefined => {
  const lines = log.split('\n');
  const own = lines.flatMap((line) => named(line, name) ?? []).at(-1);
  if (own) return own;
  // The questions of a crowd push the line of this one out of what is read.
  const patterns = outside ? [refusedForOthers, ...general] : general;
  for (const [what, pattern] of patterns) {
    const line = lines.findLast((one) => pattern.test(one));
    if (line !== undefined) return { what, line: short(line), server: '' };
  }
  return undefined;
};
