import { createHash } from 'node:crypto';

/**
 * Canonical JSON of RFC 8785: the same bytes for the same value, on every machine.
 * `JSON.stringify` already writes numbers and strings as the RFC asks, and the default sort of
 * strings is by UTF-16 code unit; only the order of the keys is missing. As in JSON, an undefined
 * property is left out.
 *
 * @throws TypeError for what has no canonical form: NaN, the infinities, lone surrogates, functions, symbols, bigints
 */
export const canonicalJson = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (value !== null && typeof value === 'object') return canonicalObject(value);
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`${value} has no canonical JSON`);
  if (typeof value === 'string' && !value.isWellFormed()) throw new TypeError('a lone surrogate has no canonical JSON');
  const text: string | undefined = JSON.stringify(value);
  if (text === undefined) throw new TypeError(`a ${typeof value} has no canonical JSON`);
  return text;
};

const canonicalObject = (value: object) => {
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${canonicalJson(key)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
};

/** SHA-256 of the canonical JSON, in lower-case hex. */
export const canonicalHash = (value: unknown) => createHash('sha256').update(canonicalJson(value)).digest('hex');
