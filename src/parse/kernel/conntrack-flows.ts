import { z } from 'zod';

const way = { source: z.string(), destination: z.string(), sourcePort: z.int(), destinationPort: z.int() };
export const trackedSchema = z.strictObject({
  protocol: z.string(),
  /** Seconds until the entry is forgotten; every packet sets them anew. */
  left: z.int(),
  /** Of TCP; empty else. */
  state: z.string(),
  unreplied: z.boolean(),
  zone: z.int(),
  ...way,
  /** Who has to answer, and to whom: the other end after every translation. */
  answerFrom: z.string(),
  answerTo: z.string(),
});
export type Tracked = z.infer<typeof trackedSchema>;

// "tcp      6 117 SYN_SENT src=192.0.2.1 dst=198.51.100.10 sport=55374 dport=80 [UNREPLIED] src=192.0.2.129 dst=192.0.2.1
// sport=8080 dport=55374 mark=0 zone=7 use=1", with "ipv4     2 " before it in /proc/net/nf_conntrack
const head = /^(?:ipv[46] +\d+ +)?(tcp|udp) +\d+ +(\d{1,9})(?: ([A-Z_0-9]+))? src=/;
const tuple = /\bsrc=(\S+) dst=(\S+) sport=(\d{1,5}) dport=(\d{1,5})/g;

const wayIn = ([, source = '', destination = '', sourcePort, destinationPort]: RegExpMatchArray) => ({
  ...{ source, destination, sourcePort: Number(sourcePort), destinationPort: Number(destinationPort) },
});

const entryIn = (line: string): Tracked[] => {
  const [, protocol, left, state = ''] = head.exec(line) ?? [];
  const [there, back] = [...line.matchAll(tuple)].map(wayIn);
  if (!protocol || !there || !back) return [];
  const zone = Number(/\bzone=(\d{1,5})\b/.exec(line)?.[1] ?? 0);
  const whole = { protocol, left: Number(left), state, unreplied: line.includes('[UNREPLIED]'), zone };
  return [{ ...whole, ...there, answerFrom: back.source, answerTo: back.destination }];
};

/** Entries of `conntrack -L`, or lines of `/proc/net/nf_conntrack`. */
export const parseConntrackFlows = (text: string): Tracked[] => text.split('\n').flatMap(entryIn);
