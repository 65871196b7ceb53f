import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson } from '../domain/canonical.js';
import { writeAtomic } from './atomic.js';
import { writeRedactions } from './bundle.js';
import { journalName } from './file.js';
import { writeManifest } from './manifest.js';
import { asProblem, JournalProblem } from './problem.js';
import type { RedactedSession } from './redact-session.js';

const makeEmpty = (folder: string) => {
  try {
    if (existsSync(folder) && readdirSync(folder).length > 0)
      throw new JournalProblem('blocked', folder, { because: 'the folder is not empty' });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw asProblem(error, folder);
  }
};

/**
 * Writes a bundle for others, with its reports and a manifest of its own.
 *
 * @throws JournalProblem where the folder holds something already or cannot be written
 */
export const writeRedacted = (
  folder: string,
  session: RedactedSession,
  reports: readonly { readonly name: string; readonly text: string }[],
) => {
  makeEmpty(folder);
  const journal = session.events.map((event) => `${canonicalJson(event)}\n`).join('');
  writeAtomic(join(folder, journalName), journal);
  for (const { file, text } of [...session.evidence, ...session.texts]) writeAtomic(join(folder, file), text);
  for (const [file, bytes] of session.recording) writeAtomic(join(folder, file), Buffer.from(bytes));
  for (const { name, text } of reports) writeAtomic(join(folder, name), text);
  writeRedactions(folder, session.redactions);
  writeManifest(folder);
};
