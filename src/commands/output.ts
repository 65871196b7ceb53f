import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Catalog } from '../catalog/catalog.js';
import type { JournalEvent } from '../domain/journal.js';
import type { Language } from '../domain/text.js';
import { listEvidence, writeRedactions, writeReport } from '../journal/bundle.js';
import { foldJournal } from '../journal/fold.js';
import { writeManifest } from '../journal/manifest.js';
import { JournalProblem } from '../journal/problem.js';
import type { Session } from '../machines/drive.js';
import type { ReportInput } from '../report/catalog.js';
import { renderReport } from '../report/render.js';
import type { Ending } from './headless.js';
import { type Io, say, UsageProblem } from './io.js';
import type { SessionFiles } from './keep-session.js';
import type { SessionOptions } from './options.js';
import { languageOf } from './settings.js';

type OutputOptions = Pick<SessionOptions, 'output' | 'outputFile' | 'lang' | 'ascii'>;

/** Documents for machines are English unless somebody asked for another language. */
export const languageFor = ({ output, lang }: Pick<OutputOptions, 'output' | 'lang'>, io: Pick<Io, 'env'>): Language =>
  output === 'human' || output === 'short' ? languageOf({ lang }, io) : lang === 'auto' ? 'en' : lang;

export const reportInput = (
  events: readonly JournalEvent[],
  catalog: Catalog,
  about: { language: Language; folder?: string | undefined; ascii?: boolean },
): ReportInput => ({
  session: foldJournal(events),
  catalog,
  language: about.language,
  ...(about.folder ? { evidence: listEvidence(about.folder) } : {}),
  ...(about.ascii ? { ascii: true } : {}),
});

/** Where the result was asked to go: a file, reopened before its path is told, or standard output. */
export const deliver = async (text: string, { outputFile }: Pick<OutputOptions, 'outputFile'>, io: Io) => {
  if (outputFile === undefined) return say(io.stdout, text);
  const path = resolve(io.cwd, outputFile);
  try {
    writeFileSync(path, text, { mode: 0o600 });
  } catch (error) {
    await say(io.stdout, text);
    throw new UsageProblem(`--output-file ${path}: ${(error as Error).message}. The result is on standard output.`);
  }
  return say(io.stderr, path);
};

const endedEvent = (ending: Ending, exitCode: number, session: Session) => {
  const look = session.look();
  const cost = {
    ...look.cost,
    durationMs: session.measure('session.duration', Math.round(Date.now() - look.startedAt)),
  };
  const cause = ending.cause;
  const error = cause === 'failed' ? { error: { code: ending.code, message: ending.message } } : {};
  return { type: 'session.ended', actor: 'system', data: { cause, exitCode, cost, ...error } } as const;
};

/** What belongs to the bundle of every session: its report, what was masked, and the hashes of all of it. */
export const sealBundle = (files: SessionFiles, catalog: Catalog) => {
  if (!files.place) return;
  const { folder } = files.place;
  const input = reportInput(files.journal().events, catalog, { language: 'en', folder });
  writeReport(folder, 'report.md', renderReport('md', input));
  writeReport(folder, 'report.json', renderReport('json', input));
  writeRedactions(
    folder,
    Object.entries(files.redactor.counts()).map(([rule, count]) => ({ rule, file: 'session.ndjson', count })),
  );
  writeManifest(folder);
};

interface Ended {
  readonly catalog: Catalog;
  readonly files: SessionFiles;
  readonly session: Session;
  readonly ending: Ending;
  readonly exitCode: number;
}

/** Writes the last line of the journal and seals the bundle. What the disk refuses is said, and stops nothing. */
export const endSession = async ({ catalog, files, session, ending, exitCode }: Ended, io: Io) => {
  const journal = files.journal();
  journal.append(endedEvent(ending, exitCode, session));
  try {
    sealBundle(files, catalog);
  } catch (error) {
    if (!(error instanceof JournalProblem)) throw error;
    await say(io.stderr, error.message);
  }
  if (journal.problem) await say(io.stderr, journal.problem.message);
  journal.close();
};

/** Ends a session that nobody watched, and prints its one document. */
export const finish = async (ended: Ended & { readonly options: OutputOptions }, io: Io) => {
  const { catalog, files, ending, options } = ended;
  await endSession(ended, io);
  const about = { language: languageFor(options, io), folder: files.place?.folder, ascii: options.ascii };
  await deliver(renderReport(options.output, reportInput(files.journal().events, catalog, about)), options, io);
  if (ending.cause === 'failed') await say(io.stderr, ending.message);
  if (files.place && options.output === 'human') await say(io.stderr, files.place.folder);
};
