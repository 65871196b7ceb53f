import { z } from 'zod';
import { rowsOf } from './rows.js';

const peerSchema = z.strictObject({
  device: z.string(),
  /** Ranges whose packets go to this peer. */
  allowed: z.array(z.string()),
  /** Seconds since both ends last agreed on a key; absent where they never did. */
  agreedAgo: z.int().optional(),
  received: z.number(),
  sent: z.number(),
});
export type WireguardPeer = z.infer<typeof peerSchema>;
export const wireguardPeersSchema = rowsOf(peerSchema);
export type WireguardPeers = z.infer<typeof wireguardPeersSchema>;

const words = ['allowed-ips', 'latest-handshakes', 'transfer'] as const;
type Word = (typeof words)[number];

/** The lines below "== transfer" and its like. */
const sections = (lines: readonly string[]): Readonly<Record<Word, string[][]>> => {
  const found: Record<Word, string[][]> = { 'allowed-ips': [], 'latest-handshakes': [], transfer: [] };
  let at: Word | undefined;
  for (const line of lines) {
    const [, heading] = /^== (\S+)$/.exec(line) ?? [];
    if (heading !== undefined) at = words.find((word) => word === heading);
    // "flannel-wg	348	584"
    else if (at && line.includes('\t')) found[at].push(line.split('\t'));
  }
  return found;
};

const isNumber = (text: string | undefined) => /^\d{1,15}$/.test(text ?? '');

const peerOf = (now: number, [allowed = [], agreed = [], moved = []]: readonly string[][]) => {
  const [device = '', ranges = ''] = allowed;
  const [, at] = agreed;
  const [, received, sent] = moved;
  if (agreed[0] !== device || moved[0] !== device || ![at, received, sent].every(isNumber)) return undefined;
  return {
    ...{ device, allowed: ranges.split(/\s+/).filter((range) => range.includes('/')) },
    ...(at === '0' ? {} : { agreedAgo: Math.max(0, now - Number(at)) }),
    ...{ received: Number(received), sent: Number(sent) },
  };
};

/** The clock, then `wg show all` without its keys: every list names the peers in the same order. */
export const parseWireguardPeers = (text: string): WireguardPeers => {
  const lines = text.split('\n');
  const now = /^\d{9,11}$/.test(lines[0] ?? '') ? Number(lines[0]) : undefined;
  const found = sections(lines);
  const whole = lines.includes('== end') && words.every((word) => found[word].length === found.transfer.length);
  if (now === undefined || !whole) return { rows: [], understood: false, strange: [text.trim().slice(0, 200)] };
  const read = found.transfer.map((_, index) => ({
    peer: peerOf(
      now,
      words.map((word) => found[word][index] ?? []),
    ),
    said: (found['latest-handshakes'][index] ?? []).join(' '),
  }));
  const strange = read.flatMap(({ peer, said }) => (peer ? [] : [said.slice(0, 200)])).slice(0, 10);
  return { rows: read.flatMap(({ peer }) => peer ?? []), understood: strange.length === 0, strange };
};
