import { z } from 'zod';

const echoSchema = z.strictObject({
  /** Of the whole packet. */
  size: z.int(),
  /** `told`: a router said that it is too large. `too-long`: the sender itself knew. */
  class: z.enum(['answers', 'told', 'too-long', 'silent', 'other']),
});

export const pathMtuSchema = z.strictObject({
  echoes: z.array(echoSchema),
  /** What the sender or a router named as the largest packet; absent where nobody had to. */
  mtu: z.int().optional(),
  /** False where this ping cannot forbid to take packets apart. */
  understood: z.boolean(),
});
export type PathMtu = z.infer<typeof pathMtuSchema>;

// "size 1500 exit=1 PING 192.0.2.129 (192.0.2.129) 1472(1500) bytes of data. … 2 packets transmitted, 0 received, …"
const line = /^size (\d{1,6}) exit=(\d{1,3}) ([^\n]*)$/;
// "From 192.0.2.126 icmp_seq=1 Frag needed and DF set (mtu = 1400)", IPv6: "Packet too big: mtu=1400"
const told = /(?:Frag needed[^(]*\(mtu ?= ?|Packet too big: mtu ?= ?)(\d{2,6})/i;
// "ping: local error: message too long, mtu=1500"
const tooLong = /message too long(?:, mtu ?[=:] ?(\d{2,6}))?/i;
const counts = /(\d+) packets transmitted, (\d+)(?: packets)? received/;

const read = (exit: number, said: string): { class: z.infer<typeof echoSchema>['class']; mtu?: number } => {
  const [, received] = (counts.exec(said) ?? []).slice(1).map(Number);
  if (received !== undefined && received > 0) return { class: 'answers' };
  const router = told.exec(said);
  if (router) return { class: 'told', mtu: Number(router[1]) };
  const local = tooLong.exec(said);
  if (local) return { class: 'too-long', ...(local[1] ? { mtu: Number(local[1]) } : {}) };
  return { class: received === 0 && exit === 1 ? 'silent' : 'other' };
};

/** Echoes with DF of many sizes, smallest first. */
export const parsePathMtu = (text: string): PathMtu => {
  const found = text.split('\n').flatMap((row) => {
    const [, size = '', exit = '', said = ''] = line.exec(row) ?? [];
    return size ? [{ size: Number(size), ...read(Number(exit), said) }] : [];
  });
  const named = found.flatMap(({ mtu }) => (mtu === undefined ? [] : [mtu]));
  return {
    echoes: found.map(({ size, class: heard }) => ({ size, class: heard })).toSorted((a, b) => a.size - b.size),
    ...(named.length > 0 ? { mtu: Math.min(...named) } : {}),
    understood: found.length > 0 && found.some(({ class: heard }) => heard !== 'other'),
  };
};
