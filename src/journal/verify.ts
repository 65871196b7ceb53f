import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalEvent } from '../domain/journal.js';
import { evidenceFile } from './bundle.js';
import { type BadLine, sha256, walkChain } from './chain.js';
import { bundleFiles, manifestName, readManifest } from './manifest.js';
import { asProblem } from './problem.js';
import { journalBytes } from './read.js';

export interface BadFile {
  readonly file: string;
  /** `unlisted` lies in the folder but not in the manifest; `unreadable` is a line of the manifest itself. */
  readonly why: 'changed' | 'missing' | 'unlisted' | 'not-a-file' | 'unreadable';
}

export interface Verification {
  /** Nothing bad was found. What could not be compared stands in `notCompared`. */
  readonly ok: boolean;
  readonly events: number;
  /** Hash of the last good line: the value to compare with what was noted elsewhere. */
  readonly root: string;
  readonly badLine: BadLine | null;
  readonly badFiles: readonly BadFile[];
  /** False where a root was given and the journal has another one. */
  readonly rootMatches: boolean;
  readonly notCompared: readonly ('manifest' | 'root')[];
}

const missingEvidence = (events: readonly JournalEvent[], present: ReadonlySet<string>): BadFile[] =>
  events
    .flatMap((event) => (event.type === 'check.finished' ? event.data.evidence : []))
    .map(evidenceFile)
    .filter((file) => !present.has(file))
    .map((file) => ({ file, why: 'missing' }));

const compare = (folder: string, present: ReadonlySet<string>, manifest: string): BadFile[] => {
  const listed = readManifest(manifest);
  const names = new Set(listed.map(({ file }) => file));
  const judged = listed.flatMap(({ hash, file }): BadFile[] => {
    if (hash === null) return [{ file: manifestName, why: 'unreadable' }];
    // Only names found in the folder are opened: a manifest cannot lead out of it.
    if (!present.has(file)) return [{ file, why: 'missing' }];
    return sha256(readFileSync(join(folder, file))) === hash ? [] : [{ file, why: 'changed' }];
  });
  const unlisted = [...present].filter((file) => !names.has(file));
  return [...judged, ...unlisted.map((file): BadFile => ({ file, why: 'unlisted' }))];
};

const manifestOf = (folder: string) => {
  try {
    return readFileSync(join(folder, manifestName), 'utf8');
  } catch (error) {
    if (asProblem(error, folder).code === 'missing') return null;
    throw error;
  }
};

const unique = (files: readonly BadFile[]) => [...new Map(files.map((bad) => [bad.file, bad])).values()];

const filesOf = (folder: string, events: readonly JournalEvent[], manifest: string | null) => {
  const all = bundleFiles(folder);
  const present = new Set(all.filter(({ plain }) => plain).map(({ file }) => file));
  return unique([
    ...all.filter(({ plain }) => !plain).map(({ file }): BadFile => ({ file, why: 'not-a-file' })),
    ...missingEvidence(events, present),
    ...(manifest === null ? [] : compare(folder, present, manifest)),
  ]);
};

/**
 * Checks a session folder against itself, and against a root that was noted elsewhere: only that shows
 * a journal which its owner has rebuilt or shortened.
 *
 * @throws JournalProblem where the folder cannot be read
 */
export const verifySession = (folder: string, noted: { readonly root?: string | undefined } = {}): Verification => {
  try {
    const { events, bad, root } = walkChain(journalBytes(folder));
    const manifest = manifestOf(folder);
    const badFiles = filesOf(folder, events, manifest);
    const rootMatches = noted.root === undefined || noted.root === root;
    return {
      ok: bad === null && badFiles.length === 0 && rootMatches,
      events: events.length,
      root,
      badLine: bad,
      badFiles,
      rootMatches,
      notCompared: [
        ...(manifest === null ? ['manifest' as const] : []),
        ...(noted.root === undefined ? ['root' as const] : []),
      ],
    };
  } catch (error) {
    throw asProblem(error, folder);
  }
};
