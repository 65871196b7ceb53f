import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Profile } from '../../clean/redact.js';
import type { Language } from '../../domain/text.js';
import type { Redaction } from '../../journal/bundle.js';
import { foldJournal } from '../../journal/fold.js';
import type { SessionLine } from '../../journal/folder.js';
import { type Recording, type RedactedSession, redactSession } from '../../journal/redact-session.js';
import { writeRedacted } from '../../journal/write-redacted.js';
import type { ReportCatalog, ReportInput } from '../../report/catalog.js';
import { bundleReports } from '../../report/render.js';
import { openCatalog } from '../books.js';
import { exitCodes, type Io, say } from '../io.js';

/** What a report of a session is made of that hides what its profile hides. */
export const redactedInput = (
  { events, evidence, redactions }: RedactedSession,
  catalog: ReportCatalog,
  language: Language,
): ReportInput => ({ session: foldJournal(events), catalog, language, evidence, redactions });

/** What cannot be opened cannot be looked through, and stays behind. */
const recordingIn = async (folder: string): Promise<Recording | undefined> => {
  const universe = join(folder, 'universe');
  if (!existsSync(universe)) return undefined;
  const { loadUniverse } = await import('../../ports/universe/load.js');
  const { redactUniverse, toldBy } = await import('../../ports/universe/redact.js');
  try {
    const loaded = await loadUniverse(universe);
    return { told: toldBy(loaded), hidden: (hide) => redactUniverse(loaded, hide) };
  } catch (error) {
    if (error instanceof Error && error.name === 'UniverseProblem') return undefined;
    throw error;
  }
};

/** A salt nobody keeps: who gets two bundles cannot lay one beside the other. */
export const redacted = async (folder: string, profile: Profile) =>
  redactSession(folder, { profile, salt: randomBytes(16), recording: await recordingIn(folder) });

const summed = (redactions: readonly Redaction[]) => {
  const groups = Map.groupBy(redactions, ({ rule, file }) => `${file}: ${rule}`);
  return [...groups].map(([name, found]) => {
    const lines = [...new Set(found.flatMap(({ line }) => line ?? []))];
    const where = lines.length > 0 ? `, in lines ${lines.slice(0, 8).join(', ')}${lines.length > 8 ? ' ...' : ''}` : '';
    return `  ${name} ${found.reduce((sum, { count }) => sum + count, 0)}${where}`;
  });
};

const preview = (session: RedactedSession, profile: Profile) => [
  `Hidden by the ${profile} profile, by file and rule (never the value):`,
  ...(session.redactions.length > 0 ? summed(session.redactions) : ['  nothing']),
  ...(session.leftOut.length > 0 ? ['Left out, because it cannot be looked through:'] : []),
  ...session.leftOut.map((file) => `  ${file}`),
];

/** Shows what would be hidden; writes the bundle for others only where a folder is named. */
export const redact = async (
  { folder, id }: SessionLine,
  { profile, into }: { profile: Profile; into?: string | undefined },
  io: Io,
): Promise<number> => {
  const session = await redacted(folder, profile);
  await say(io.stdout, preview(session, profile).join('\n'));
  if (into === undefined) {
    await say(
      io.stderr,
      `Nothing is written. Write it with: ${io.name} session redact ${id} --redact ${profile} --into FOLDER`,
    );
    return exitCodes.done;
  }
  const target = resolve(io.cwd, into);
  const input = redactedInput(session, await openCatalog([], io.cwd), 'en');
  writeRedacted(target, session, bundleReports(input));
  await say(io.stderr, target);
  return exitCodes.done;
};
