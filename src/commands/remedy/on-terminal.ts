import { isForOperator } from '../failure.js';
import { stopper } from '../headless.js';
import { type Io, say } from '../io.js';
import type { SessionOptions } from '../options.js';
import { reportInput } from '../output.js';
import type { openTriage } from '../run.js';
import { languageOf } from '../settings.js';
import type { Left } from './attended.js';
import { openDesk } from './open-desk.js';
import { fixWithAPerson } from './with-a-person.js';

type Opened = Awaited<ReturnType<typeof openTriage>>;

/** The fix is chosen and confirmed on the plain terminal, where its diff and what became of it stay to be read. */
export const fixOnTerminal = async (
  { catalog, files, session }: Pick<Opened, 'catalog' | 'files' | 'session'>,
  { options, marked }: { readonly options: SessionOptions; readonly marked: boolean },
  io: Io,
): Promise<Left> => {
  const stop = stopper(io, undefined);
  const { flow } = session.look();
  const open = () => openDesk({ catalog, files, flow, options, signal: stop.signal, interactive: true }, io);
  const input = () => reportInput(files.journal().events, catalog, { language: languageOf(options, io) });
  try {
    return await fixWithAPerson({ input, open, marked, stop }, io);
  } catch (error) {
    if (!isForOperator(error)) throw error;
    // What stands then is told by the summary, and by the next start.
    await say(io.stderr, error.message);
    return { code: undefined };
  } finally {
    stop.release();
  }
};
