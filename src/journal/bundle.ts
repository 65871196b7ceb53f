import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { sanitiseJson } from '../clean/sanitise.js';
import type { Json } from '../domain/json.js';
import { unfinished, writeAtomic } from './atomic.js';
import { sha256 } from './chain.js';
import { asProblem } from './problem.js';

/** A stored piece of evidence. `file` is its path in the session folder, `sha256` that of its bytes. */
export interface StoredEvidence {
  readonly id: string;
  readonly file: string;
  readonly sha256: string;
}

/** Nodes of an operator's own runbook may carry any name; in a path only harmless characters stand for themselves. */
export const evidenceFile = (id: string) => `evidence/${encodeURIComponent(id.toWellFormed())}.json`;

interface Capture {
  readonly base64: string;
  readonly sha256: string;
  readonly packets: number;
}

const isCapture = (value: Json | undefined): value is Json & Capture =>
  typeof value === 'object' &&
  value !== null &&
  ['base64', 'sha256', 'packets'].every((key) => Object.hasOwn(value, key));

/** Puts each capture into a file of its own, which programs for that open, and leaves its name and its hash behind. */
const withoutCaptures = (value: Json, keep: (bytes: Buffer, at: number) => string): Json => {
  let kept = 0;
  const walk = (one: Json): Json => {
    if (Array.isArray(one)) return one.map(walk);
    if (typeof one !== 'object' || one === null) return one;
    if (!isCapture(one)) return Object.fromEntries(Object.entries(one).map(([key, item]) => [key, walk(item as Json)]));
    kept += 1;
    const { base64, sha256: hash, packets } = one;
    return { file: keep(Buffer.from(base64, 'base64'), kept), sha256: hash, packets };
  };
  return walk(value);
};

/** The other way round. */
export const evidenceId = (file: string) => decodeURIComponent(file.replace(/^evidence\//, '').replace(/\.json$/, ''));

/**
 * Keeps what a check collected, masked once more.
 *
 * @param evidence `id` is NODE.RUN
 * @throws JournalProblem
 */
export const storeEvidence = (
  folder: string,
  evidence: { readonly id: string; readonly value: Json },
  redact: <T>(value: T) => T,
): StoredEvidence => {
  const file = evidenceFile(evidence.id);
  const value = withoutCaptures(evidence.value, (bytes, at) => {
    const beside = file.replace(/\.json$/, `.${at}.pcap`);
    writeAtomic(join(folder, beside), bytes);
    return beside;
  });
  const text = `${JSON.stringify(redact(sanitiseJson(value)), null, 2)}\n`;
  writeAtomic(join(folder, file), text);
  return { id: evidence.id, file, sha256: sha256(text) };
};

/** Evidence of a session with the hashes of what lies on disk now, by id. */
export const listEvidence = (folder: string): StoredEvidence[] => {
  try {
    return readdirSync(join(folder, 'evidence'))
      .filter((name) => name.endsWith('.json') && !name.startsWith(unfinished))
      .map((name) => `evidence/${name}`)
      .map((file) => ({
        id: evidenceId(file),
        file,
        sha256: sha256(readFileSync(join(folder, file))),
      }))
      .toSorted((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }));
  } catch (error) {
    const problem = asProblem(error, folder);
    if (problem.code === 'missing') return [];
    throw problem;
  }
};

/** What a piece of evidence says. Read only when it is to be shown: some are long. */
export const readEvidence = (folder: string, { file }: Pick<StoredEvidence, 'file'>) =>
  readFileSync(join(folder, file), 'utf8');

/** What a rule masked in a file, never the value. */
const redactionSchema = z.strictObject({
  rule: z.string(),
  file: z.string(),
  /** Absent where whoever wrote it knew only of one. */
  line: z.int().optional(),
  count: z.int(),
});
export type Redaction = z.infer<typeof redactionSchema>;

const redactionsName = 'redactions.json';

/** What was masked in a bundle; nothing where that is not known, which is not the same as nothing masked. */
export const readRedactions = (folder: string): Redaction[] | undefined => {
  try {
    return z.array(redactionSchema).parse(JSON.parse(readFileSync(join(folder, redactionsName), 'utf8')));
  } catch {
    return undefined;
  }
};

export const writeRedactions = (folder: string, redactions: readonly Redaction[]) =>
  writeAtomic(join(folder, redactionsName), `${JSON.stringify(redactions, null, 2)}\n`);

/** `name` is the file name of a report, for example `report.md`. */
export const writeReport = (folder: string, name: string, text: string) => writeAtomic(join(folder, name), text);
