import type { SessionLine } from '../../journal/folder.js';
import { readJournal } from '../../journal/read.js';
import { diffLines, sessionDiff } from '../../report/diff.js';
import { plainIndented } from '../../report/plain.js';
import { openCatalog } from '../books.js';
import { exitCodes, type Io, say } from '../io.js';
import type { Common } from '../options.js';
import { languageFor, reportInput } from '../output.js';

interface Pair {
  readonly before: SessionLine;
  readonly after: SessionLine;
}

type DiffOptions = Pick<Common, 'lang'> & { readonly output: string };

/** What two sessions answer differently, for example before and after an upgrade. */
export const diff = async ({ before, after }: Pair, { lang, output }: DiffOptions, io: Io): Promise<number> => {
  const catalog = await openCatalog([], io.cwd);
  const language = languageFor({ output: output === 'json' ? 'json' : 'human', lang }, io);
  const inputOf = ({ folder }: SessionLine) => reportInput(readJournal(folder).events, catalog, { language });
  const compared = { before: inputOf(before), after: inputOf(after) };
  await say(
    io.stdout,
    output === 'json'
      ? JSON.stringify({ before: before.id, after: after.id, ...sessionDiff(compared) }, null, 2)
      : diffLines(compared).map(plainIndented).join('\n'),
  );
  return exitCodes.done;
};
