import { closeSync, openSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Catalog } from '../catalog/catalog.js';
import type { JournalEvent } from '../domain/journal.js';
import type { Language } from '../domain/text.js';
import { listEvidence, readEvidence, readRedactions, writeRedactions, writeReport } from '../journal/bundle.js';
import { foldJournal } from '../journal/fold.js';
import { writeManifest } from '../journal/manifest.js';
import { JournalProblem } from '../journal/problem.js';
import type { Session } from '../machines/drive.js';
import type { ReportInput } from '../report/catalog.js';
import { bundleReports, renderReport } from '../report/render.js';
import type { Ending } from './headless.js';
import { type Io, say, UsageProblem } from './io.js';
import type { SessionFiles } from './keep-session.js';
import type { SessionOptions } from './options.js';
import { languageOf } from './settings.js';

type OutputOptions = Pick<SessionOptions, 'output' | 'outputFile' | 'lang' | 'ascii'>;

/** Documents for machines are English unless somebody asked for another language. */
export const languageFor = ({ output, lang }: Pick<OutputOptions, 'output' | 'lang'>, io: Pick<Io, 'env'>): Language =>
  output === 'human' || output === 'short' ? languageOf({ lang }, io) : lang === 'auto' ? 'en' : lang;

/** What lies beside the journal and belongs into a report; the bytes of the evidence only for one that holds them. */
const keptIn = (folder: string, whole: boolean): Pick<ReportInput, 'evidence' | 'redactions'> => {
  const evidence = listEvidence(folder);
  const redactions = readRedactions(folder);
  return {
    evidence: whole ? evidence.map((file) => ({ ...file, text: readEvidence(folder, file) })) : evidence,
    ...(redactions && { redactions }),
  };
};

export const reportInput = (
  events: readonly JournalEvent[],
  catalog: Catalog,
  about: { language: Language; folder?: string | undefined; ascii?: boolean; whole?: boolean },
): ReportInput => ({
  session: foldJournal(events),
  catalog,
  language: about.language,
  ...(about.folder ? keptIn(about.folder, about.whole ?? false) : {}),
  ...(about.ascii ? { ascii: true } : {}),
});

/** Fails before the session and not after it. Throws `UsageProblem`. */
export const requireOutput = ({ outputFile }: Pick<OutputOptions, 'outputFile'>, { cwd }: Pick<Io, 'cwd'>) => {
  if (outputFile === undefined) return;
  try {
    closeSync(openSync(resolve(cwd, outputFile), 'a', 0o600));
  } catch (error) {
    throw new UsageProblem(`--output-file ${outputFile}: ${(error as Error).message}`);
  }
};

/** Where the result was asked to go: a file, reopened before its path is told, or standard output. */
export const deliver = async (text: string, { outputFile }: Pick<OutputOptions, 'outputFile'>, io: Io) => {
  if (outputFile === undefined) return say(io.stdout, text);
  const path = resolve(io.cwd, outputFile);
  try {
    writeFileSync(path, text, { mode: 0o600 });
  } catch (error) {
    await say(io.stdout, text);
    return say(io.stderr, `--output-file ${path}: ${(error as Error).message}. The result is on standard output.`);
  }
  return say(io.stderr, path);
};

const endedEvent = (ending: Ending, exitCode: number, session: Session) => {
  const look = session.look();
  const { requests, bytes, commands } = look.cost;
  const cost = {
    requests: session.measure('session.requests', requests),
    bytes: session.measure('session.bytes', bytes),
    commands: session.measure('session.commands', commands),
    durationMs: session.measure('session.duration', Math.round(Date.now() - look.startedAt)),
  };
  const { cause } = ending;
  const error = problemOf(ending);
  return {
    type: 'session.ended',
    actor: 'system',
    data: { cause, exitCode, cost, ...(error && { error }) },
  } as const;
};

/** What belongs to the bundle of every session: its report, what was masked, and the hashes of all of it. */
export const sealBundle = (files: SessionFiles, catalog: Catalog) => {
  if (!files.place) return;
  const { folder } = files.place;
  writeRedactions(
    folder,
    Object.entries(files.redactor.counts()).map(([rule, count]) => ({ rule, file: 'session.ndjson', count })),
  );
  const input = reportInput(files.journal().events, catalog, { language: 'en', folder, whole: true });
  for (const { name, text } of bundleReports(input)) writeReport(folder, name, text);
  writeManifest(folder);
};

const told: Partial<Record<Ending['cause'], string>> = {
  deadline: 'The deadline ended the session before it was over.',
  interrupted: 'The session was interrupted.',
  terminated: 'The session was told to end by a signal of the system.',
};

/** What ended a session early, in one sentence; nothing where it came to its own end. */
const problemOf = (ending: Ending) => {
  if (ending.cause === 'failed') return { code: ending.code, message: ending.message };
  const message = told[ending.cause];
  return message === undefined ? undefined : { code: ending.cause, message };
};

interface Ended {
  readonly catalog: Catalog;
  readonly files: SessionFiles;
  readonly session: Session;
  beginAnyway(): void;
  tidy(): Promise<void>;
  readonly ending: Ending;
  readonly exitCode: number;
}

const unsealed = (files: SessionFiles, catalog: Catalog): JournalProblem | undefined => {
  try {
    sealBundle(files, catalog);
  } catch (error) {
    if (error instanceof JournalProblem) return error;
    throw error;
  }
  return undefined;
};

/** Writes the last line of the journal and seals the bundle. What the disk refuses is said, and stops nothing. */
export const endSession = async ({ catalog, files, session, beginAnyway, tidy, ending, exitCode }: Ended, io: Io) => {
  beginAnyway();
  // A terminal that is closed now, or an impatient key, must not leave in the cluster what is being removed.
  const forget = io.onSignal(() => {});
  await tidy().finally(forget);
  const journal = files.journal();
  journal.append(endedEvent(ending, exitCode, session));
  // The recording is a part of the bundle, so it has to be whole before the bundle is sealed.
  await session.release();
  const problem = unsealed(files, catalog) ?? journal.problem;
  if (problem) await say(io.stderr, (journal.problem ?? problem).message);
  journal.close();
};

type Hidden = Pick<SessionOptions, 'redact'>;

/** What the session keeps is for whoever ran it; what it prints may be for others. */
const documentOf = async (
  { catalog, files, options }: Ended & { readonly options: OutputOptions & Hidden },
  io: Io,
): Promise<string> => {
  const folder = files.place?.folder;
  const language = languageFor(options, io);
  const { ascii, output } = options;
  if (options.redact === 'default') {
    const about = { language, folder, ascii, whole: output === 'html' };
    return renderReport(output, reportInput(files.journal().events, catalog, about));
  }
  if (folder === undefined)
    throw new UsageProblem('Without a folder for the session nothing can be hidden in a report.');
  const { redacted, redactedInput } = await import('./session/redact.js');
  return renderReport(output, { ...redactedInput(await redacted(folder, options.redact), catalog, language), ascii });
};

/** Ends a session that nobody watched, and prints its one document. */
export const finish = async (ended: Ended & { readonly options: OutputOptions & Hidden }, io: Io) => {
  const { files, ending, options } = ended;
  await endSession(ended, io);
  await deliver(await documentOf(ended, io), options, io);
  const problem = problemOf(ending);
  if (problem) await say(io.stderr, problem.message);
  if (problem && files.place)
    await say(
      io.stderr,
      `What it found is kept in ${files.place.folder}; go on with: ${io.name} session resume ${files.place.id}`,
    );
  else if (files.place && options.output === 'human') await say(io.stderr, files.place.folder);
};
