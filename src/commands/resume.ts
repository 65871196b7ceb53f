import type { SessionHeader } from '../domain/journal.js';
import { foldJournal } from '../journal/fold.js';
import type { SessionPlace } from '../journal/folder.js';
import { readJournal } from '../journal/read.js';
import { type OpenFix, openFix } from '../report/fixes.js';
import { askedBefore } from './asked-before.js';
import { type Io, UsageProblem } from './io.js';
import { readOptions, type SessionOptions, sessionSchema } from './options.js';
import { requireNoConfirm, requireRemedyFlags } from './remedy/gate.js';
import { runHeadless } from './run.js';
import { modeOf } from './settings.js';

/** Checked, for a journal is a file that anybody may have written. */
const levelOf = ({ access: { level } }: SessionHeader) =>
  readOptions(sessionSchema.pick({ level: true }), { level }).level;

/** What the first start of a session has settled for all that go on with it. */
type Settled = Partial<Pick<SessionOptions, 'context' | 'from' | 'to' | 'host' | 'path' | 'output'>> &
  Pick<SessionOptions, 'level'>;

/** The flags of today around what was settled then. The context of today comes first, where one is named. */
type Flags = (settled: Settled) => SessionOptions;

/** As a command line has them. */
export const flagsAsWritten =
  (raw: Record<string, unknown>): Flags =>
  ({ context, ...settled }) =>
    readOptions(sessionSchema, { context, ...raw, ...settled });

/** As a session has them that is left for an earlier one. Limits are the earlier one's own affair. */
export const flagsAsRead =
  (options: SessionOptions): Flags =>
  ({ context, ...settled }) => ({
    ...{ ...options, ...settled, context: options.context ?? context },
    ...{ requestTimeout: undefined, checkTimeout: undefined, deadline: undefined },
  });

/** A change comes before everything else: nobody has seen whether it helps. */
const undecided = async (
  { place, open, header, flags }: { place: SessionPlace; open: OpenFix; header: SessionHeader; flags: Flags },
  io: Io,
) => {
  const { resumeChange } = await import('./remedy/open-change.js');
  const options = flags({
    context: header.target.context ?? undefined,
    level: levelOf(header),
    output: 'human',
  });
  return resumeChange(place, open, { options, io });
};

/**
 * Goes on with a session where it stopped: what was found stays, only the check that was running starts again.
 * It asks for the flow, level and incident of the first start; access to the cluster comes from the flags of today.
 */
export const resume = async (place: SessionPlace, flags: Flags, io: Io): Promise<number> => {
  const session = foldJournal(readJournal(place.folder).events);
  const { header, ended, verdict } = session;
  if (!header) throw new UsageProblem(`${place.id} was cut before it had begun; start it anew.`);
  const open = openFix(session);
  if (open) return undecided({ place, open, header, flags }, io);
  if (ended && verdict && ended.cause === 'verdict')
    throw new UsageProblem(`${place.id} has its verdict; look at it with "session show ${place.id}".`);
  const options = flags({
    context: header.target.context ?? undefined,
    ...askedBefore(header),
    level: levelOf(header),
  });
  requireRemedyFlags(options);
  const mode = modeOf(options, io);
  if (mode === 'headless') return runHeadless(options, io, { symptom: header.tree.id, resume: place });
  requireNoConfirm(options);
  const { runOnScreen } = await import('./screen.js');
  return runOnScreen(options, io, { symptom: header.tree.id, mode, resume: place });
};
