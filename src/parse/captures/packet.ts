import { isIP } from 'node:net';
import { z } from 'zod';

const placeSchema = z.strictObject({ address: z.string(), port: z.int().optional() });
export type PacketEnd = z.infer<typeof placeSchema>;

export const packetSchema = z.strictObject({
  /** Seconds since the epoch, by the clock of the node that saw it. */
  at: z.number(),
  /** Absent where one device was listened to, and from a tcpdump older than 4.99. */
  device: z.string().optional(),
  way: z.enum(['in', 'out']).optional(),
  kind: z.enum(['tcp', 'icmp', 'arp', 'other']),
  /** The innermost ends: those of the Pods, also inside a tunnel. */
  from: placeSchema.optional(),
  to: placeSchema.optional(),
  /** The ends of the tunnel it was wrapped for. */
  outer: z.strictObject({ from: placeSchema, to: placeSchema }).optional(),
  /** As tcpdump writes them: `S`, `S.`, `R`, `R.` … */
  flags: z.string().optional(),
  seq: z.int().optional(),
  ack: z.int().optional(),
  /** What an ICMP or an ARP packet says. */
  says: z.string().optional(),
});
export type Packet = z.infer<typeof packetSchema>;

const longest = 2_000;

/** "10.244.2.2.48026", "2001:db8::1.57926" or an address alone. */
const endOf = (word = ''): PacketEnd | undefined => {
  if (isIP(word)) return { address: word };
  const dot = word.lastIndexOf('.');
  const [address, port] = [word.slice(0, Math.max(0, dot)), word.slice(dot + 1)];
  return isIP(address) && /^\d{1,5}$/.test(port) ? { address, port: Number(port) } : undefined;
};

interface Pair {
  readonly from: PacketEnd;
  readonly to: PacketEnd;
  /** Where the words about it begin. */
  readonly rest: number;
}

/** Every `A > B:` of IP; those of hardware addresses end with a comma. */
const pairsIn = (words: readonly string[]): Pair[] =>
  words.flatMap((word, at) => {
    if (word !== '>' || words[at + 1]?.endsWith(':') !== true) return [];
    const [from, to] = [endOf(words[at - 1]), endOf(words[at + 1]?.slice(0, -1))];
    return from && to ? [{ from, to, rest: at + 2 }] : [];
  });

const wayOf = { In: 'in', P: 'in', M: 'in', B: 'in', Out: 'out' } as const;
const isWay = (word = ''): word is keyof typeof wayOf => Object.hasOwn(wayOf, word);

// "1795257637.956245 veth2f54113c P   ifindex 5 f6:03:f0:3e:1d:e2 ethertype IPv4 (0x0800), length 80: 10.244.2.2.48026 > …"
// A frame for another hardware address ("P") is how one from a Pod arrives at its bridge.
const placeOf = ([, first = '', second]: readonly string[]): Pick<Packet, 'device' | 'way'> => {
  if (isWay(first)) return { way: wayOf[first] };
  return isWay(second) ? { device: first, way: wayOf[second] } : {};
};

const numberAfter = (words: readonly string[], name: string) => {
  const value = words[words.indexOf(name) + 1] ?? '';
  return words.includes(name) ? /^\d{1,10}/.exec(value)?.[0] : undefined;
};

const segment = (rest: readonly string[]): Pick<Packet, 'kind' | 'flags' | 'seq' | 'ack'> => {
  const [seq, ack] = [numberAfter(rest, 'seq'), numberAfter(rest, 'ack')];
  return {
    kind: 'tcp',
    flags: /^\[([^\]]*)\]/.exec(rest[1] ?? '')?.[1] ?? '',
    ...(seq === undefined ? {} : { seq: Number(seq) }),
    ...(ack === undefined ? {} : { ack: Number(ack) }),
  };
};

const withoutLength = (words: readonly string[]) =>
  words
    .join(' ')
    .replace(/, length \d+$/, '')
    .slice(0, 200);

const saidOf = (rest: readonly string[]): Pick<Packet, 'kind' | 'flags' | 'seq' | 'ack' | 'says'> => {
  if (rest[0] === 'Flags') return segment(rest);
  if (rest[0] === 'ICMP' || rest[0] === 'ICMP6,') return { kind: 'icmp', says: withoutLength(rest.slice(1)) };
  return { kind: 'other' };
};

// "… ethertype ARP (0x0806), length 48: Request who-has 10.244.2.2 tell 10.244.2.1, length 28"
const arpOf = (words: readonly string[]): Pick<Packet, 'kind' | 'says'> | undefined => {
  const at = words.findIndex((word) => word === 'who-has' || word === 'is-at');
  if (at < 2) return undefined;
  return { kind: 'arp', says: withoutLength(words.slice(words[at] === 'is-at' ? at - 2 : at - 1)) };
};

const ipOf = (words: readonly string[]): Omit<Packet, 'at'> | undefined => {
  const pairs = pairsIn(words);
  const [first, inner] = [pairs[0], pairs.at(-1)];
  if (!first || !inner) return undefined;
  const { from, to, rest } = inner;
  const outer = first === inner ? {} : { outer: { from: first.from, to: first.to } };
  return { ...saidOf(words.slice(rest)), from, to, ...outer };
};

/**
 * One packet as `tcpdump -n -tt -e -S` tells of it, with the lines that follow where it was wrapped for a tunnel.
 * `undefined` for a line that tells of none.
 */
export const readPacket = (text: string): Packet | undefined => {
  const words = text.slice(0, longest).split(/\s+/);
  if (!/^\d{9,11}\.\d{1,9}$/.test(words[0] ?? '')) return undefined;
  const told = arpOf(words) ?? ipOf(words);
  return { at: Number(words[0]), ...placeOf(words), ...(told ?? { kind: 'other' }) };
};
