import { foldJournal } from '../journal/fold.js';
import type { Session } from '../machines/drive.js';
import { madeLines } from '../report/made.js';
import { plain } from '../report/plain.js';
import { renderReport } from '../report/render.js';
import { askedBefore } from './asked-before.js';
import { exitCodeOfVerdict } from './exit-code.js';
import { exitCodes, type Io, say } from './io.js';
import type { SessionOptions } from './options.js';
import { endSession, reportInput } from './output.js';
import type { openTriage } from './run.js';
import { languageOf, modeOf } from './settings.js';
import type { Left } from './show-screen.js';

type Opened = Awaited<ReturnType<typeof openTriage>>;

/** What stays in the scrollback: six lines of the verdict, or where to go on. */
const leaveSummary = async ({ files, catalog }: Opened, options: SessionOptions, io: Io) => {
  const input = reportInput(files.journal().events, catalog, {
    language: languageOf(options, io),
    ascii: options.ascii,
  });
  await say(io.stdout, renderReport('short', input));
  for (const line of madeLines(input)) await say(io.stdout, plain(line));
  if (files.place) await say(io.stdout, files.place.folder);
};

const endingOf = (session: Session, code: number | undefined) => {
  if (code === exitCodes.interrupted) return { cause: 'interrupted', exitCode: code } as const;
  return { cause: session.look().verdict ? 'verdict' : 'stopped' } as const;
};

/** Ends what was open, leaves its summary, and says with which code. */
const leave = async (
  opened: Opened | undefined,
  code: number | undefined,
  around: { options: SessionOptions; io: Io },
) => {
  if (!opened) return code ?? exitCodes.done;
  const { options, io } = around;
  const { verdict } = opened.session.look();
  const byVerdict = options.exitVerdict && verdict ? exitCodeOfVerdict(verdict, options.failOn) : exitCodes.done;
  const exitCode = code ?? byVerdict;
  await endSession({ ...opened, ending: endingOf(opened.session, code), exitCode }, io);
  await leaveSummary(opened, options, io);
  return exitCode;
};

/** Ends the session, and walks another runbook for what it has left unexplained. */
const goOn = async (opened: Opened, runbook: string, { options, io }: { options: SessionOptions; io: Io }) => {
  const { header } = foldJournal(opened.files.journal().events);
  const code = await leave(opened, undefined, { options, io });
  if (!header) return code;
  const { runOnScreen } = await import('./screen.js');
  const mode = modeOf(options, io);
  // What an error said of the symptom is settled by the runbook.
  const again = { ...options, ...askedBefore(header), error: undefined };
  return runOnScreen(again, io, { symptom: runbook, mode: mode === 'headless' ? 'line' : mode });
};

/** Leaves for the shell, goes on with an earlier session, or with another runbook. */
export const leftFor = async (left: Left, opened: Opened | undefined, around: { options: SessionOptions; io: Io }) => {
  if (left.to === 'runbook' && opened) return goOn(opened, left.runbook, around);
  if (left.to !== 'session') return leave(opened, left.to === 'shell' ? left.code : undefined, around);
  const { resumeById } = await import('./session.js');
  return resumeById(left.id, around.options, around.io);
};
