import { isIP } from 'node:net';

export type Family = 4 | 6;

export interface Address {
  readonly family: Family;
  readonly value: bigint;
}

const ofV4 = (text: string) => text.split('.').reduce((sum, part) => (sum << 8n) | BigInt(part), 0n);

const groups = (text: string) => (text === '' ? [] : text.split(':'));

/** `::ffff:192.0.2.7` ends like an IPv4 address; its last four bytes are two groups. */
const withoutDots = (text: string) =>
  text.replace(/\d+\.\d+\.\d+\.\d+$/, (tail) => {
    const value = ofV4(tail);
    return `${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`;
  });

const ofV6 = (text: string) => {
  const [head = '', tail] = withoutDots(text).split('::');
  const [left, right] = [groups(head), groups(tail ?? '')];
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  return [...left, ...zeros, ...right].reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
};

/** Nothing for what is no address; a zone (`fe80::1%eth0`) means another thing on every host. */
export const readAddress = (text: string): Address | undefined => {
  const family = text.includes('%') ? 0 : isIP(text);
  if (family === 4) return { family, value: ofV4(text) };
  return family === 6 ? { family, value: ofV6(text) } : undefined;
};
