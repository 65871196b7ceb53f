import { createHmac } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { Salt } from './mask.js';

// No dot or colon in front: not the middle of a version number, an OID or a longer address.
const V6 = String.raw`(?<![\w:.])(?<six>[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:]{1,39}(?:\d{1,3}(?:\.\d{1,3}){3})?)(?![\w:]|\.\d)`;
const V4 = String.raw`(?<![\w.-])(?<four>\d{1,3}(?:\.\d{1,3}){3})(?![\w-]|\.\d)(?<reverse>\.in-addr\.arpa)?`;
// Both ends of "10.244.1.10-10.244.1.20".
const BARE = String.raw`\d{1,3}(?:\.\d{1,3}){3}`;
const RANGE = new RegExp(String.raw`(?<![\w.-])(${BARE})-(${BARE})(?![\w-]|\.\d)`, 'g');
// "10.244.1.0/24", and the same as nft writes it: "addr": "10.244.1.0", "len": 24
const LENGTH = String.raw`(?<length>\/\d{1,3}(?!\d)|"\s*,\s*"len"\s*:\s*\d{1,3})?`;
const ADDRESS = new RegExp(`(?:${V6}|${V4})${LENGTH}`, 'g');

// RFC 1918 and shared address space: what clusters and nodes use.
const PRIVATE_V4 = /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/;
// Loopback, link local (with the metadata and node-local DNS addresses), multicast, masks: the same everywhere.
const EVERYWHERE_V4 = /^(?:0\.|127\.|169\.254\.|22[4-9]\.|2[34]\d\.|25[0-5]\.)/;
const PRIVATE_V6 = /^f(?:[cd]|e[89ab])/i;
// Blocks of 2^24 without a range that means something else. What is public stays so.
const PUBLIC_V4 = Array.from({ length: 223 }, (_, at) => at + 1).filter(
  (octet) => ![10, 100, 127, 169, 172, 192, 198, 203].includes(octet),
);

/** One bit for each place in a tree of eight levels, drawn from what lies before the octet. */
const bitsAfter = (salt: Salt, before: string) => {
  const digest = createHmac('sha256', salt).update(`address ${before}`).digest();
  return (place: number) => ((digest[place >> 3] ?? 0) >> (place & 7)) & 1;
};

const isEdge = (place: number) => (place & (place - 1)) === 0 || (place & (place + 1)) === 0;

/**
 * Each bit is turned or not by what lies before it, so two addresses share exactly as long a prefix as they did before
 * (Xu, Fan, Ammar, Moon: Crypto-PAn). `edges` keeps 0, 1, 254 and 255, by which a network, its gateway and its
 * broadcast are known.
 */
function hideOctet(octet: number, flips: (place: number) => number, edges: boolean): number {
  let [hidden, place] = [0, 1];
  for (let bit = 7; bit >= 0; bit -= 1) {
    const own = (octet >> bit) & 1;
    hidden = hidden * 2 + (own ^ (edges && isEdge(place) ? 0 : flips(place)));
    place = place * 2 + own;
  }
  return hidden;
}

const hideFrom = (octets: readonly number[], start: number, salt: Salt): number[] =>
  octets.map((octet, at) => {
    if (at < start) return octet;
    return hideOctet(octet, bitsAfter(salt, octets.slice(0, at).join('.')), at === octets.length - 1);
  });

/** Beyond its length a network has zeroes, before as after; where it has not, an address stands before the slash. */
const asNetwork = (from: readonly number[], hidden: readonly number[], length: number | undefined): number[] => {
  const masked = (octets: readonly number[]) =>
    octets.map((octet, at) => octet & (0xff << Math.max(0, 8 - Math.max(0, (length ?? 128) - at * 8))) & 0xff);
  return masked(from).every((octet, at) => octet === from[at]) ? masked(hidden) : [...hidden];
};

export function aliasV4(address: string, salt: Salt, length?: number): string {
  const octets = address.split('.').map(Number);
  if (octets.some((octet) => octet > 255) || EVERYWHERE_V4.test(address)) return address;
  const isPrivate = PRIVATE_V4.test(address);
  const hidden = hideFrom(octets, isPrivate ? 2 : 1, salt);
  const drawn = createHmac('sha256', salt).update(`public ${octets[0]}`).digest().readUInt32BE();
  if (!isPrivate) hidden[0] = PUBLIC_V4[drawn % PUBLIC_V4.length] ?? 1;
  return asNetwork(octets, hidden, length).join('.');
}

export function bytesOf(address: string): number[] {
  const [head = '', tail] = address.toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeroes = tail === undefined ? 0 : 8 - left.length - right.length;
  const groups = [...left, ...Array.from({ length: zeroes }, () => '0'), ...right];
  return groups.map((group) => Number.parseInt(group, 16)).flatMap((group) => [group >> 8, group & 0xff]);
}

/** As everybody writes it: RFC 5952, which URLs follow. */
export function writeV6(bytes: readonly number[]): string {
  const groups = bytes.flatMap((byte, at) => (at % 2 === 0 ? [((byte << 8) | (bytes[at + 1] ?? 0)).toString(16)] : []));
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}

export function aliasV6(address: string, salt: Salt, length?: number): string {
  if (!isIPv6(address) || /^(?:::1?$|ff)/i.test(address)) return address;
  if (/^::ffff:.*\./i.test(address)) return `::ffff:${aliasV4(address.slice(7), salt)}`;
  if (address.includes('.')) return aliasV6(new URL(`http://[${address}]`).hostname.slice(1, -1), salt, length);
  const bytes = bytesOf(address);
  const isPrivate = PRIVATE_V6.test(address);
  const hidden = hideFrom(bytes, isPrivate ? 4 : 2, salt);
  // 2a00::/16: public, and nothing but public.
  if (!isPrivate) [hidden[0], hidden[1]] = [0x2a, 0];
  return writeV6(asNetwork(bytes, hidden, length));
}

/** `10-244-3-7` in the DNS name of a pod. */
export function aliasDashedAddress(label: string, salt: Salt): string | undefined {
  if (!/^\d{1,3}(?:-\d{1,3}){3}$/.test(label)) return undefined;
  return aliasV4(label.replaceAll('-', '.'), salt).replaceAll('.', '-');
}

const rank = (address: string) => address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);

/** Ends keep their order: a range that ends before it begins would be a mistake to whoever reads it. */
const aliasRanges = (text: string, salt: Salt, count: (rule: string) => void): string =>
  text.replace(RANGE, (whole, from: string, to: string) => {
    const ends = [aliasV4(from, salt), aliasV4(to, salt)];
    const isTurned = rank(from) <= rank(to) && rank(ends[0] ?? '') > rank(ends[1] ?? '');
    const hidden = (isTurned ? ends.toReversed() : ends).join('-');
    if (hidden !== whole) count('address');
    return hidden;
  });

const turned = (address: string) => address.split('.').toReversed().join('.');

/** Stand-ins that are addresses themselves, in the same networks as before: whatever reads them comes to the same end. */
export function aliasAddresses(text: string, salt: Salt, count: (rule: string) => void): string {
  return aliasRanges(text, salt, count).replace(ADDRESS, (...found) => {
    const [whole, groups] = [found[0] as string, found.at(-1) as Record<string, string | undefined>];
    const { six, four = '', reverse, length = '' } = groups;
    const bits = length === '' ? undefined : Number(/\d+$/.exec(length)?.[0]);
    const alias = () => {
      if (six !== undefined) return aliasV6(six, salt, bits);
      return reverse === undefined ? aliasV4(four, salt, bits) : turned(aliasV4(turned(four), salt)) + reverse;
    };
    const hidden = alias() + length;
    if (hidden !== whole) count('address');
    return hidden;
  });
}
