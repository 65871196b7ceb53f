import type { Happening } from '../../domain/journal.js';
import { foldJournal } from '../../journal/fold.js';
import type { Io } from '../io.js';

/** Adds one line to the journal of a session, also of one that has ended, and gives its new root. */
export const appendTo = async (folder: string, happening: Happening, io: Io): Promise<string> => {
  const { openJournal } = await import('../../journal/append.js');
  const { createRedactor } = await import('../../clean/redact.js');
  const { writeManifest } = await import('../../journal/manifest.js');
  const redactor = createRedactor({ profile: 'default', salt: folder });
  const journal = openJournal(folder, {
    clock: { now: io.now },
    mono: io.mono,
    redact: redactor.value,
    self: { pid: io.pid, isAlive: io.isAlive },
  });
  journal.append(happening);
  journal.close();
  writeManifest(folder);
  return foldJournal(journal.events).root;
};
