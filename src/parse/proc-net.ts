import type { Listener, Listeners } from './listener.js';

// "   5: 00000000000000000000000000000000:1F90 0000…:0000 0A 00000000:…" below a heading that names the protocol:
// only the tables of UDP have a column "drops".
const row = /^\s*\d+: ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) [0-9A-F]+:[0-9A-F]{4} ([0-9A-F]{2}) /;
const waiting = { TCP: '0A', UDP: '07' } as const;

/** The kernel prints each 32-bit word in the byte order of the machine; every node in use is little-endian. */
const bytesOf = (hex: string): number[] =>
  (hex.match(/.{8}/g) ?? []).flatMap((word) =>
    (word.match(/../g) ?? []).toReversed().map((byte) => Number.parseInt(byte, 16)),
  );

const ipv6 = (bytes: readonly number[]): string => {
  const groups = Array.from({ length: 8 }, (_, at) =>
    (((bytes[2 * at] ?? 0) << 8) | (bytes[2 * at + 1] ?? 0)).toString(16),
  );
  const zeros = [...` ${groups.join(' ')} `.matchAll(/( 0)+(?= )/g)].toSorted((a, b) => b[0].length - a[0].length)[0];
  if (!zeros || zeros[0].length < 4) return groups.join(':');
  const count = zeros[0].length / 2;
  const before = ` ${groups.join(' ')} `.slice(0, zeros.index).trim().split(' ').filter(Boolean);
  return `${before.join(':')}::${groups.slice(before.length + count).join(':')}`;
};

const place = (hex: string): Pick<Listener, 'address' | 'family'> => {
  const bytes = bytesOf(hex);
  if (bytes.length === 4) return { address: bytes.join('.'), family: 'IPv4' };
  const mapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255;
  if (mapped) return { address: bytes.slice(12).join('.'), family: 'IPv4' };
  const address = ipv6(bytes);
  return { address, family: address === '::' ? 'both' : 'IPv6' };
};

/** `/proc/net/{tcp,tcp6,udp,udp6}`, one after another. */
export const parseProcNet = (text: string): Listeners => {
  let protocol: Listener['protocol'] | undefined;
  const listeners: Listener[] = [];
  for (const line of text.split('\n')) {
    if (line.includes('local_address')) protocol = line.includes('drops') ? 'UDP' : 'TCP';
    const [, hex = '', port = '', state] = row.exec(line) ?? [];
    if (protocol && hex && state === waiting[protocol])
      listeners.push({ protocol, ...place(hex), port: Number.parseInt(port, 16) });
  }
  return { understood: protocol !== undefined, listeners };
};
