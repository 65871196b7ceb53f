import type { SessionPlace } from '../../journal/folder.js';
import { undoText } from '../../report/fix-words.js';
import type { OpenFix } from '../../report/fixes.js';
import { say as phrase } from '../../report/say.js';
import { askYes } from '../ask-yes.js';
import { openCatalog } from '../books.js';
import { stopper } from '../headless.js';
import { exitCodes, type Io, say } from '../io.js';
import { keepSession } from '../keep-session.js';
import type { SessionOptions } from '../options.js';
import { reportInput, sealBundle } from '../output.js';
import { languageOf, modeOf, stateDirOf } from '../settings.js';
import { openDesk } from './open-desk.js';
import { putBackAndTell } from './without-a-person.js';

/** Whether it may be put back: by the flag that names it, or by a yes of whoever sits there. */
const mayPutBack = async (
  { target, question }: { target: string; question: string },
  options: SessionOptions,
  io: Io,
): Promise<boolean | undefined> => {
  if (options.confirm !== undefined) return options.confirm === target;
  return modeOf(options, io) === 'headless' ? undefined : askYes(question, io);
};

/**
 * A session whose program died between a change and knowing whether it helps: tells what stands, and offers to put the old
 * value back. Exits with 3 where it is back, for the fault then stands as before; else with 6.
 */
export const resumeChange = async (
  place: SessionPlace,
  { fix, undo }: OpenFix,
  { options, io }: { options: SessionOptions; io: Io },
): Promise<number> => {
  const catalog = await openCatalog([], io.cwd);
  const files = keepSession({ stateDir: stateDirOf(options, io), destination: '', resume: place }, io);
  const input = reportInput(files.journal().events, catalog, { language: languageOf(options, io) });
  const { target } = fix.proposed;
  await say(io.stderr, phrase(input, 'fix.pending', { target }));
  await say(io.stderr, `${phrase(input, 'fix.undo')}: ${undoText(input, undo)}`);
  const { header } = input.session;
  const asked = { target, question: phrase(input, 'fix.pending.ask') };
  const yes = options.allowRemediation ? await mayPutBack(asked, options, io) : undefined;
  if (!yes || !header) {
    await say(io.stderr, phrase(input, 'fix.unchanged'));
    files.journal().close();
    return exitCodes.unverified;
  }
  const stop = stopper(io, options.deadline);
  const about = {
    catalog,
    files,
    flow: header.flow,
    options,
    signal: stop.signal,
    interactive: io.stdin.isTTY === true,
  };
  const desk = await openDesk(about, io);
  try {
    const back = await putBackAndTell({ desk, target, undo }, input, io);
    sealBundle(files, catalog);
    return back ? exitCodes.fault : exitCodes.unverified;
  } finally {
    stop.release();
    files.journal().close();
    await desk.close();
  }
};
