import type { JournalEvent } from '../../domain/journal.js';
import { foldEvent, foldJournal } from '../../journal/fold.js';
import type { SessionLine } from '../../journal/folder.js';
import { followJournal } from '../../journal/follow.js';
import { isHeld } from '../../journal/lock.js';
import type { ReportInput } from '../../report/catalog.js';
import { findingLine } from '../../report/human.js';
import { plain } from '../../report/plain.js';
import { say as phrase } from '../../report/say.js';
import { verdictLine } from '../../report/words.js';
import { openCatalog } from '../books.js';
import { exitCodes, type Io, say } from '../io.js';
import type { Common } from '../options.js';
import { languageOf } from '../settings.js';

const everyMs = 250;

const lineOf = (input: ReportInput, event: JournalEvent): string | undefined => {
  if (event.type === 'check.finished') return findingLine(input, event.data);
  if (event.type === 'verdict') return plain(verdictLine(input));
  if (event.type === 'note.added') return plain(phrase(input, 'timeline.note', { text: event.data.text }));
  if (event.type === 'session.paused') return phrase(input, 'timeline.paused');
  if (event.type === 'session.resumed') return phrase(input, 'timeline.resumed');
  return event.type === 'session.ended' ? phrase(input, `ended.${event.data.cause}`) : undefined;
};

/** Tells what a session of another terminal finds, as it finds it. Takes no lock and writes nothing. */
export const follow = async (
  { folder }: SessionLine,
  { lang, ascii }: Pick<Common, 'lang'> & { readonly ascii: boolean },
  io: Io,
): Promise<number> => {
  const catalog = await openCatalog([], io.cwd);
  const stop = new AbortController();
  const forget = io.onSignal(() => stop.abort());
  let view = foldJournal([]);
  const self = { pid: io.pid, isAlive: io.isAlive };
  const options = { everyMs, signal: stop.signal, isWritten: () => isHeld(folder, self) };
  for await (const event of followJournal(folder, options)) {
    view = foldEvent(view, event);
    const line = lineOf({ session: view, catalog, language: languageOf({ lang }, io), ascii }, event);
    if (line !== undefined) await say(io.stdout, line);
  }
  forget();
  return exitCodes.done;
};
