import { isIPv6 } from 'node:net';
import { fingerprint, type Salt } from './mask.js';

// No dot or colon in front: not the middle of a version number, an OID or a longer address.
const IPV4 = /(?<![\w.-])(?<address>\d{1,3}(?:\.\d{1,3}){3})(?![\w-]|\.\d)/g;
const IPV6 = /(?<![\w:.])(?<address>[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:]{1,39}(?:\d{1,3}(?:\.\d{1,3}){3})?)(?![\w:])/g;

// RFC 1918 and shared address space: what clusters and nodes use.
const PRIVATE_V4 = /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/;
// Loopback, link local (with the metadata and node-local DNS addresses), multicast, masks: the same everywhere.
const EVERYWHERE_V4 = /^(?:0\.|127\.|169\.254\.|22[4-9]\.|2[34]\d\.|25[0-5]\.)/;

type Piece = (prefix: string, piece: string) => string;

/**
 * Each hidden piece is named after everything before it, so two addresses of one subnet still show it:
 * 10.244.3.7 and 10.244.3.9 become 10.244.x5f.xa1 and 10.244.x5f.x07. Zeroes stay, a network remains a network.
 */
function pieces(salt: Salt): Piece {
  return (prefix, piece) => (/^0+$/.test(piece) ? '0' : `x${fingerprint(salt, prefix + piece, 4)}`);
}

function privateV4(address: string, piece: Piece): string {
  const [a = '', b = '', c = '', d = ''] = address.split('.');
  return [a, b, piece(`${a}.${b}.`, c), piece(`${a}.${b}.${c}.`, d)].join('.');
}

function groups(address: string): string[] {
  const [head = '', tail] = address.toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeroes = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  return [...left, ...Array.from({ length: zeroes }, () => '0'), ...right].map((group) =>
    group.replace(/^0+(?=.)/, ''),
  );
}

function privateV6(address: string, piece: Piece): string {
  const all = groups(address);
  const hidden = all.map((group, at) => (at < 2 ? group : piece(`${all.slice(0, at).join(':')}:`, group)));
  return hidden
    .join(':')
    .replace(/(?::0){2,}$/, '::')
    .replace(/(?::0){2,}:/, '::');
}

function aliasV4(address: string, salt: Salt): string {
  if (address.split('.').some((octet) => Number(octet) > 255) || EVERYWHERE_V4.test(address)) return address;
  if (PRIVATE_V4.test(address)) return privateV4(address, pieces(salt));
  return `public-ip-${fingerprint(salt, address, 8)}`;
}

function aliasV6(address: string, salt: Salt): string {
  if (!isIPv6(address) || /^(?:::1?$|ff)/i.test(address)) return address;
  if (/^::ffff:.*\./i.test(address)) return `::ffff:${aliasV4(address.slice(7), salt)}`;
  if (/^f(?:[cd]|e[89ab])/i.test(address)) return privateV6(address, pieces(salt));
  return `public-ip-${fingerprint(salt, groups(address).join(':'), 8)}`;
}

/** `10-244-3-7` in the DNS name of a pod. */
export function aliasDashedAddress(label: string, salt: Salt): string | undefined {
  if (!/^\d{1,3}(?:-\d{1,3}){3}$/.test(label)) return undefined;
  const alias = aliasV4(label.replaceAll('-', '.'), salt);
  return alias.includes('.') ? alias.replaceAll('.', '-') : alias;
}

export function aliasAddresses(text: string, salt: Salt, count: (rule: string) => void): string {
  const counted = (address: string, alias: string): string => {
    if (alias !== address) count('address');
    return alias;
  };
  return text
    .replace(IPV6, (address) => counted(address, aliasV6(address, salt)))
    .replace(IPV4, (address) => counted(address, aliasV4(address, salt)));
}
