import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { canonicalJson } from '../domain/canonical.js';
import { type JournalEvent, journalEventSchema } from '../domain/journal.js';

/** What the first line names as its predecessor. */
export const genesis = '0'.repeat(64);

export const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex');

/** Hash of a line: SHA-256 of the canonical JSON of everything in it but the hash itself. */
export const hashOf = (event: object) => {
  const { hash: _, ...covered } = event as { hash?: unknown };
  return sha256(canonicalJson(covered));
};

/** Why a line is bad. `order` means that it stands elsewhere, `gap` that lines before it are gone. */
export type BadWhy = 'torn' | 'json' | 'form' | 'hash' | 'order' | 'gap' | 'prev' | 'schema';

export interface BadLine {
  /** Counted from 1, as editors do. */
  readonly line: number;
  readonly why: BadWhy;
  readonly detail: string;
}

export interface Chain {
  /** The events before the first bad line. */
  readonly events: readonly JournalEvent[];
  readonly bad: BadLine | null;
  /** Hash of the last good line. */
  readonly root: string;
  /** Bytes up to the end of the last good line. */
  readonly goodBytes: number;
}

type Link = Record<string, unknown> & { seq: number; prev: string; hash: string };

const parseLink = (text: string): Link | null => {
  try {
    const value: unknown = JSON.parse(text);
    const link = value as Link;
    const complete =
      value !== null && typeof link.hash === 'string' && typeof link.prev === 'string' && Number.isInteger(link.seq);
    return complete ? link : null;
  } catch {
    return null;
  }
};

const isSorted = (value: unknown): boolean => {
  if (Array.isArray(value)) return value.every(isSorted);
  if (typeof value !== 'object' || value === null) return true;
  const entries = Object.entries(value);
  return entries.every(([key, item], at) => (at === 0 || (entries[at - 1]?.[0] ?? '') < key) && isSorted(item));
};

// Node writes what it has read as RFC 8785 asks, as long as the keys are in order and no half of a surrogate pair is
// written out; the slow way judges whatever this cannot.
const isPlainlyCanonical = (link: Link, text: string) =>
  !text.includes(String.raw`\ud`) && JSON.stringify(link) === text && isSorted(link);

const isCanonical = (link: Link, text: string) => {
  try {
    return isPlainlyCanonical(link, text) || canonicalJson(link) === text;
  } catch {
    return false;
  }
};

/**
 * What the hash of a canonical line covers: writing the line a second time would take as long as all the rest. Whatever
 * follows the hash in canonical order cannot hold the same words, and an unknown key is refused by the schema.
 */
const coveredBy = (text: string, { hash }: Link) => {
  const member = `"hash":${JSON.stringify(hash)},`;
  const at = text.lastIndexOf(member);
  return at < 0 ? text : text.slice(0, at) + text.slice(at + member.length);
};

interface Expected {
  readonly seq: number;
  readonly prev: string;
  /** Whether the expected line stands further down. */
  readonly comesLater: () => boolean;
}

const placeOf = (link: Link, { seq, prev, comesLater }: Expected): Omit<BadLine, 'line'> | null => {
  if (link.seq !== seq) {
    const why = link.seq > seq && !comesLater() ? 'gap' : 'order';
    return { why, detail: `event ${seq} belongs here, event ${link.seq} was found` };
  }
  return link.prev === prev ? null : { why: 'prev', detail: 'it does not continue the line before it' };
};

/** One line as the event that belongs there, or why it is none. */
export const eventIn = (bytes: Buffer, expected: Expected): JournalEvent | Omit<BadLine, 'line'> => {
  const text = bytes.toString('utf8');
  const link = parseLink(text);
  if (!link || !isUtf8(bytes)) return { why: 'json', detail: 'it is not a journal event' };
  if (!isCanonical(link, text)) return { why: 'form', detail: 'it is not in canonical form' };
  if (sha256(coveredBy(text, link)) !== link.hash)
    return { why: 'hash', detail: 'its content does not match its hash' };
  const misplaced = placeOf(link, expected);
  if (misplaced) return misplaced;
  const parsed = journalEventSchema.safeParse(link);
  return parsed.success ? parsed.data : { why: 'schema', detail: parsed.error.issues[0]?.message ?? 'unknown event' };
};

/**
 * Walks a journal from its first byte and stops at the first line that cannot be trusted.
 * Only a line with its newline counts: an event is written with it in one piece.
 */
export const walkChain = (bytes: Buffer): Chain => {
  const events: JournalEvent[] = [];
  let root = genesis;
  let start = 0;
  const chain = (bad: Omit<BadLine, 'line'> | null): Chain => ({
    events,
    bad: bad && { line: events.length + 1, ...bad },
    root,
    goodBytes: start,
  });
  while (start < bytes.length) {
    const end = bytes.indexOf(0x0a, start);
    if (end < 0) return chain({ why: 'torn', detail: `${bytes.length - start} bytes without an end of line` });
    const seq = events.length;
    const comesLater = () => bytes.indexOf(`"seq":${seq},`, end) >= 0;
    const found = eventIn(bytes.subarray(start, end), { seq, prev: root, comesLater });
    if ('why' in found) return chain(found);
    events.push(found);
    root = found.hash;
    start = end + 1;
  }
  return chain(null);
};
