import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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

const idOf = (name: string) => decodeURIComponent(name.replace(/\.json$/, ''));

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
  const text = `${JSON.stringify(redact(sanitiseJson(evidence.value)), null, 2)}\n`;
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
        id: idOf(file.slice('evidence/'.length)),
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

/** What a rule masked in a file, never the value. */
export interface Redaction {
  readonly rule: string;
  readonly file: string;
  readonly count: number;
}

export const writeRedactions = (folder: string, redactions: readonly Redaction[]) =>
  writeAtomic(join(folder, 'redactions.json'), `${JSON.stringify(redactions, null, 2)}\n`);

/** `name` is the file name of a report, for example `report.md`. */
export const writeReport = (folder: string, name: string, text: string) => writeAtomic(join(folder, name), text);
