import { createHmac } from 'node:crypto';
import { aliasV4, aliasV6, bytesOf, writeV6 } from './alias-address.js';
import type { Salt } from './mask.js';

// "   1: 0502F40A:1F90 0702F40A:C350 01": addresses and ports of /proc/net/tcp, udp and raw.
const SOCKET = /(?<![\w:])(?<words>[0-9A-F]{8}|[0-9A-F]{32})(?=:[0-9A-F]{4}(?![\w:]))/g;
// "eth0\t0000F40A\t0102F40A\t0003\t0\t0\t0\t0000FFFF": /proc/net/route, with the mask of the network at its end.
const ROUTE = /(?<=^\S{1,15}\t)([0-9A-F]{8})\t([0-9A-F]{8})(?=\t[0-9A-F]{4}(?:\t\d{1,10}){3}\t([0-9A-F]{8})\t)/gm;
const HARDWARE = /(?<![\w:])[0-9a-f]{2}(?::[0-9a-f]{2}){5}(?![\w:])/gi;
// Nobody's, everybody's, groups (RFC 1112, RFC 2464), and what Calico gives to every device.
const EVERYWHERE = /^(?:00:00:00:00:00:00|ff:ff:ff:ff:ff:ff|ee:ee:ee:ee:ee:ee|01:00:5e:|33:33:)/i;

/** The kernel prints each word of four bytes as its own processor reads it: turned round on all but one that Kubernetes runs on. */
const bytesIn = (words: string): number[] =>
  (words.match(/.{8}/g) ?? []).flatMap((word) =>
    (word.match(/../g) ?? []).toReversed().map((byte) => Number.parseInt(byte, 16)),
  );

const wordsOf = (bytes: readonly number[]): string => {
  const written = bytes.map((byte) => byte.toString(16).padStart(2, '0').toUpperCase());
  return Array.from({ length: bytes.length / 4 }, (_, at) =>
    written
      .slice(at * 4, at * 4 + 4)
      .toReversed()
      .join(''),
  ).join('');
};

const aliasWord = (word: string, salt: Salt, length?: number): string =>
  wordsOf(aliasV4(bytesIn(word).join('.'), salt, length).split('.').map(Number));

// ::ffff:10.244.2.5, as a socket for both families holds it.
const MAPPED = '0000000000000000FFFF0000';

const aliasWords = (words: string, salt: Salt): string => {
  if (words.length === 8) return aliasWord(words, salt);
  if (words.startsWith(MAPPED)) return MAPPED + aliasWord(words.slice(MAPPED.length), salt);
  return wordsOf(bytesOf(aliasV6(writeV6(bytesIn(words)), salt)));
};

const bitsIn = (mask: string) =>
  bytesIn(mask).reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0);

/** Of the local kind and for one receiver, so that no maker's number is hit. */
const aliasHardware = (address: string, salt: Salt): string => {
  if (EVERYWHERE.test(address)) return address;
  const digest = createHmac('sha256', salt).update(`hardware ${address.toLowerCase()}`).digest();
  const bytes = [((digest[0] ?? 0) & 0xfc) | 2, ...digest.subarray(1, 6)];
  const hidden = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(':');
  return /[A-F]/.test(address) ? hidden.toUpperCase() : hidden;
};

/** Addresses that are written in hexadecimal, and those of hardware: the same stand-ins wherever they stand. */
export function aliasHexadecimal(text: string, salt: Salt, count: (rule: string) => void): string {
  const counted = (rule: string, found: string, hidden: string) => {
    if (hidden !== found) count(rule);
    return hidden;
  };
  return text
    .replace(HARDWARE, (found) => counted('hardware address', found, aliasHardware(found, salt)))
    .replace(SOCKET, (found) => counted('address', found, aliasWords(found, salt)))
    .replace(ROUTE, (...[found, to, by, mask]: string[]) =>
      counted('address', found ?? '', `${aliasWord(to ?? '', salt, bitsIn(mask ?? ''))}\t${aliasWord(by ?? '', salt)}`),
    );
}
