import { noteOf } from '../../domain/note.js';
import { foldJournal } from '../../journal/fold.js';
import type { SessionLine } from '../../journal/folder.js';
import { dangerLine } from '../../report/danger.js';
import { openCatalog } from '../books.js';
import { exitCodes, type Io, say, UsageProblem } from '../io.js';
import { languageFor } from '../output.js';

type NoteOptions = Pick<Parameters<typeof languageFor>[0], 'lang'> & { readonly text: string };

/** Adds to the timeline of a session, also of one that has ended. A dangerous repair in it is kept, and warned of. */
export const note = async ({ folder }: SessionLine, options: NoteOptions, io: Io): Promise<number> => {
  const { text } = options;
  if (!text) throw new UsageProblem('session note ID TEXT: the text is missing.');
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
  const event = noteOf(text);
  journal.append(event);
  journal.close();
  writeManifest(folder);
  const dangers = event.type === 'note.added' ? (event.data.dangers ?? []) : [];
  if (dangers.length > 0) {
    const speaker = {
      catalog: await openCatalog([], io.cwd),
      language: languageFor({ output: 'human', lang: options.lang }, io),
    };
    await say(io.stderr, dangers.map((id) => dangerLine(speaker, id)).join('\n'));
  }
  await say(io.stdout, foldJournal(journal.events).root);
  return exitCodes.done;
};
