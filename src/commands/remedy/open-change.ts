import type { SessionPlace } from '../../journal/folder.js';
import type { ReportInput } from '../../report/catalog.js';
import { undoText } from '../../report/fix-words.js';
import type { OpenFix } from '../../report/fixes.js';
import { say as phrase } from '../../report/say.js';
import { openCatalog } from '../books.js';
import { stopper } from '../headless.js';
import { exitCodes, type Io, say } from '../io.js';
import { keepSession } from '../keep-session.js';
import type { SessionOptions } from '../options.js';
import { reportInput, sealBundle } from '../output.js';
import { isMarked, languageOf, modeOf, stateDirOf } from '../settings.js';
import { askGate, type Gate } from './ask-person.js';
import { openDesk } from './open-desk.js';
import { putBackAndTell } from './without-a-person.js';

interface Asking {
  readonly gate: Gate;
  readonly input: ReportInput;
  readonly options: SessionOptions;
  readonly signal: AbortSignal;
}

/** Whether it may be put back: by the flag that names it, or by a yes of whoever sits there. */
const mayPutBack = async ({ gate, input, options, signal }: Asking, io: Io): Promise<boolean> => {
  if (!options.allowRemediation) return false;
  if (options.confirm !== undefined) return options.confirm === gate.target;
  return modeOf(options, io) !== 'headless' && (await askGate(gate, { input, io }, signal)).yes;
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
  // Either name may be the marked one, where the flags of today name another context.
  const marked = [header?.target.context, options.context].some((name) => name !== undefined && isMarked(name, io));
  const gate = { target, marked, question: phrase(input, 'fix.pending.ask') };
  const stop = stopper(io, options.deadline);
  const yes = await mayPutBack({ gate, input, options, signal: stop.signal }, io);
  if (!yes || !header) {
    stop.release();
    await say(io.stderr, phrase(input, 'fix.unchanged'));
    files.journal().close();
    return exitCodes.unverified;
  }
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
    const back = await putBackAndTell(
      { desk, target, undo, source: options.confirm === undefined ? 'prompt' : 'flag' },
      input,
      io,
    );
    sealBundle(files, catalog);
    return back ? exitCodes.fault : exitCodes.unverified;
  } finally {
    stop.release();
    files.journal().close();
    await desk.close();
  }
};
