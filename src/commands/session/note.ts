import { noteOf } from '../../domain/note.js';
import type { SessionLine } from '../../journal/folder.js';
import { dangerLine } from '../../report/danger.js';
import { openCatalog } from '../books.js';
import { exitCodes, type Io, say, UsageProblem } from '../io.js';
import { languageFor } from '../output.js';
import { appendTo } from './append-to.js';

type NoteOptions = Pick<Parameters<typeof languageFor>[0], 'lang'> & { readonly text: string };

/** Adds to the timeline of a session, also of one that has ended. A dangerous repair in it is kept, and warned of. */
export const note = async ({ folder }: SessionLine, options: NoteOptions, io: Io): Promise<number> => {
  const { text } = options;
  if (!text) throw new UsageProblem('session note ID TEXT: the text is missing.');
  const event = noteOf(text);
  const root = await appendTo(folder, event, io);
  const dangers = event.type === 'note.added' ? (event.data.dangers ?? []) : [];
  if (dangers.length > 0) {
    const speaker = {
      catalog: await openCatalog([], io.cwd),
      language: languageFor({ output: 'human', lang: options.lang }, io),
    };
    await say(io.stderr, dangers.map((id) => dangerLine(speaker, id)).join('\n'));
  }
  await say(io.stdout, root);
  return exitCodes.done;
};
