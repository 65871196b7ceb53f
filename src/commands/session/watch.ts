import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Finding } from '../../domain/finding.js';
import type { SessionHeader } from '../../domain/journal.js';
import { utcClock } from '../../domain/utc-clock.js';
import { foldJournal } from '../../journal/fold.js';
import type { SessionLine } from '../../journal/folder.js';
import { readJournal } from '../../journal/read.js';
import type { ReportInput } from '../../report/catalog.js';
import { findingLine } from '../../report/human.js';
import { heldSentence } from '../../report/watch.js';
import { whatFails } from '../../verdict/what-fails.js';
import { openCatalog } from '../books.js';
import { type CheckOptions, type Checks, openChecks } from '../checks.js';
import { stopper } from '../headless.js';
import { exitCodes, type Io, say, UsageProblem } from '../io.js';
import { durationSchema, readOptions, sessionSchema } from '../options.js';
import { languageOf } from '../settings.js';
import { appendTo } from './append-to.js';

const pacesSchema = z.object({ every: durationSchema.default(5_000), for: durationSchema.default(60_000) });
type Paces = z.infer<typeof pacesSchema>;

interface Watched {
  readonly checks: Checks;
  readonly ids: readonly string[];
  readonly paces: Paces;
  readonly signal: AbortSignal;
  readonly input: ReportInput;
}

const works = (findings: readonly Finding[]) => findings.every(({ result }) => result === 'pass');
const wordsOf = (findings: readonly Finding[]) => findings.map(({ check, outcome }) => `${check} ${outcome}`).join();

/** Looks until all has passed for as long as asked, and tells what changes. The moment since when it holds. */
const untilItHolds = async ({ checks, ids, paces, signal, input }: Watched, io: Io): Promise<number | undefined> => {
  let told = '';
  let since: number | undefined;
  for (let run = 1; !signal.aborted; run += 1) {
    const begun = io.now();
    const findings = await checks.look(ids, { run, fresh: true });
    if (signal.aborted) break;
    since = works(findings) ? (since ?? begun) : undefined;
    if (wordsOf(findings) !== told) {
      told = wordsOf(findings);
      for (const finding of findings) await say(io.stdout, `${utcClock(begun)}  ${findingLine(input, finding)}`);
    }
    if (since !== undefined && io.now() - since >= paces.for) return since;
    await pause(paces.every, undefined, { signal }).catch(() => {});
  }
  return undefined;
};

const connected = async (asked: CheckOptions, watched: Omit<Watched, 'checks'>, io: Io) => {
  const checks = await openChecks({ ...asked, signal: watched.signal }, io);
  try {
    return await untilItHolds({ ...watched, checks }, io);
  } finally {
    await checks.close();
  }
};

const started = (header: SessionHeader | null, id: string): SessionHeader => {
  if (!header) throw new UsageProblem(`${id} was cut before it had begun; there is nothing to watch.`);
  if (header.mode !== 'live') throw new UsageProblem(`${id} is a ${header.mode}: nothing changes in a recording.`);
  return header;
};

/**
 * Repeats what failed in a session until it has passed for a minute, whoever repairs it, and notes that moment in the
 * journal. Reads only, at the level of the session.
 */
export const watch = async ({ folder, id }: SessionLine, raw: Record<string, unknown>, io: Io): Promise<number> => {
  const { events } = readJournal(folder);
  const session = foldJournal(events);
  const header = started(session.header, id);
  const catalog = await openCatalog([], io.cwd);
  const grounds = session.verdict?.causes[0]?.grounds.map(({ check }) => check) ?? [];
  const ids = whatFails({ findings: session.findings, elimination: catalog.elimination }, grounds);
  if (ids.length === 0) throw new UsageProblem(`Nothing failed in ${id}: there is nothing to watch.`);
  const about = { context: header.target.context ?? undefined, ...raw, level: header.access.level };
  const options = readOptions(sessionSchema, about);
  const input = { session, catalog, language: languageOf(options, io), ascii: options.ascii };
  const paces = readOptions(pacesSchema, raw);
  const stop = stopper(io, options.deadline);
  const { signal } = stop;
  try {
    const since = await connected({ catalog, flow: header.flow, options }, { ids, paces, signal, input }, io);
    const ending = stop.reason();
    if (since === undefined) return ending && 'exitCode' in ending ? ending.exitCode : exitCodes.interrupted;
    const text = heldSentence(input, { checks: ids, since, until: io.now() });
    await say(io.stdout, text);
    const happened_at = new Date(since).toISOString();
    await appendTo(folder, { type: 'note.added', actor: 'tool', data: { text, happened_at } }, io);
    return exitCodes.done;
  } finally {
    stop.release();
  }
};
