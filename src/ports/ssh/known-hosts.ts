import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

type Marker = 'revoked' | 'cert-authority' | 'none';

interface Entry {
  readonly marker: Marker;
  readonly names: string;
  readonly type: string;
  readonly key: string;
}

/** What known_hosts says of a key that a host showed. `authority`: only a certificate would have vouched for it. */
export type Trust = 'known' | 'unknown' | 'changed' | 'revoked' | 'authority';

// "@revoked * ssh-ed25519 AAAAC3Nz…", "|1|salt=|mac= ssh-rsa AAAAB3Nz… comment"
const row = /^(?:@(revoked|cert-authority)\s+)?(\S+)\s+([a-z][\w@.-]*)\s+([A-Za-z0-9+/]+=*)(?:\s.*)?$/;

/** Lines of known_hosts(5); whatever is none of them is passed over, as ssh does. */
export const readKnownHosts = (text: string): Entry[] =>
  text.split('\n').flatMap((line) => {
    const [, marker = 'none', names = '', type = '', key = ''] = row.exec(line.trim()) ?? [];
    return key === '' ? [] : [{ marker: marker as Marker, names, type, key }];
  });

const isHashOf = (field: string, name: string) => {
  const [, , salt = '', mac = ''] = field.split('|');
  const wanted = Buffer.from(mac, 'base64');
  const found = createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest();
  return wanted.length === found.length && timingSafeEqual(wanted, found);
};

const fits = (pattern: string, name: string) => {
  const words = pattern.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${words.replaceAll(/\*+/g, '.*').replaceAll('?', '.')}$`).test(name);
};

const matches = (names: string, name: string): boolean => {
  if (names.startsWith('|1|')) return isHashOf(names, name);
  const patterns = names.toLowerCase().split(',');
  if (patterns.some((pattern) => pattern.startsWith('!') && fits(pattern.slice(1), name))) return false;
  return patterns.some((pattern) => !pattern.startsWith('!') && fits(pattern, name));
};

/** A host as known_hosts names it: the port stands there only where it is not the usual one. */
export const nameInKnownHosts = (host: string, port: number): string =>
  port === 22 ? host.toLowerCase() : `[${host.toLowerCase()}]:${port}`;

/** `ssh-ed25519` and the like: the key starts with its type, as a string with its length in front. */
export const keyType = (key: Buffer): string =>
  key.length < 4 ? '' : key.subarray(4, 4 + Math.min(key.readUInt32BE(0), 64)).toString('latin1');

/** As `ssh-keygen -l` prints it. */
export const fingerprint = (key: Buffer): string =>
  `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;

/** Judges a key that a host showed, by all the names the host goes by. */
export const trustIn = (entries: readonly Entry[], names: readonly string[], key: Buffer): Trust => {
  const mine = entries.filter((entry) => names.some((name) => matches(entry.names, name)));
  const shown = key.toString('base64');
  const same = mine.filter((entry) => entry.key === shown);
  if (same.some(({ marker }) => marker === 'revoked')) return 'revoked';
  if (same.some(({ marker }) => marker === 'none')) return 'known';
  if (mine.some(({ marker, type }) => marker === 'none' && type === keyType(key))) return 'changed';
  // Another type of key is known: a host that hides it is no better than one with another key.
  if (mine.some(({ marker }) => marker === 'none')) return 'changed';
  return mine.some(({ marker }) => marker === 'cert-authority') ? 'authority' : 'unknown';
};

// Keys of type ssh-rsa are shown with newer signatures (RFC 8332).
const signatures: Readonly<Record<string, readonly string[]>> = {
  'ssh-rsa': ['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa'],
};

/** Key types known for a host: without asking for these a good host would show a key nobody knows yet. */
export const typesKnown = (entries: readonly Entry[], names: readonly string[]): string[] => {
  const mine = entries.filter((entry) => entry.marker === 'none' && names.some((name) => matches(entry.names, name)));
  return [...new Set(mine.flatMap(({ type }) => signatures[type] ?? [type]))];
};
