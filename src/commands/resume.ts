import { writeEnd } from '../domain/ends.js';
import type { SessionHeader } from '../domain/journal.js';
import { foldJournal } from '../journal/fold.js';
import type { SessionPlace } from '../journal/folder.js';
import { readJournal } from '../journal/read.js';
import { type OpenFix, openFix } from '../report/fixes.js';
import { type Io, UsageProblem } from './io.js';
import { readOptions, sessionSchema } from './options.js';
import { requireNoConfirm, requireRemedyFlags } from './remedy/gate.js';
import { runHeadless } from './run.js';
import { modeOf } from './settings.js';

/** A change comes before everything else: nobody has seen whether it helps. */
const undecided = async (
  { place, open, header, raw }: { place: SessionPlace; open: OpenFix; header: SessionHeader; raw: object },
  io: Io,
) => {
  const { resumeChange } = await import('./remedy/open-change.js');
  const about = { context: header.target.context ?? undefined, ...raw, level: header.access.level, output: undefined };
  return resumeChange(place, open, { options: readOptions(sessionSchema, about), io });
};

/**
 * Goes on with a session where it stopped: what was found stays, only the check that was running starts again.
 * It asks for the flow, level and incident of the first start; access to the cluster comes from the flags of today.
 */
export const resume = async (place: SessionPlace, raw: Record<string, unknown>, io: Io): Promise<number> => {
  const session = foldJournal(readJournal(place.folder).events);
  const { header, ended, verdict } = session;
  if (!header) throw new UsageProblem(`${place.id} was cut before it had begun; start it anew.`);
  const open = openFix(session);
  if (open) return undecided({ place, open, header, raw }, io);
  if (ended && verdict && ended.cause === 'verdict')
    throw new UsageProblem(`${place.id} has its verdict; look at it with "session show ${place.id}".`);
  const { from, to } = header.asked;
  const options = readOptions(sessionSchema, {
    context: header.target.context ?? undefined,
    ...raw,
    from: writeEnd(from),
    to: writeEnd(to),
    ...(to.kind === 'ingress' && { host: to.host, path: to.path }),
    level: header.access.level,
  });
  requireRemedyFlags(options);
  const mode = modeOf(options, io);
  if (mode === 'headless') return runHeadless(options, io, { symptom: header.tree.id, resume: place });
  requireNoConfirm(options);
  const { runOnScreen } = await import('./screen.js');
  return runOnScreen(options, io, { symptom: header.tree.id, mode, resume: place });
};
