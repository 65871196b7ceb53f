import { join } from 'node:path';
import { z } from 'zod';
import type { JournalEvent } from '../domain/journal.js';
import { nearNames } from '../domain/near-names.js';
import { foldJournal } from '../journal/fold.js';
import { listSessions, type SessionLine } from '../journal/folder.js';
import { readJournal } from '../journal/read.js';
import { verifySession } from '../journal/verify.js';
import { type Format, formats } from '../report/format.js';
import { renderReport } from '../report/render.js';
import { openCatalog } from './books.js';
import { exitCodes, type Io, say, UsageProblem } from './io.js';
import { leftWords } from './made-words.js';
import { ageSchema, commonSchema, lookSchema, readOptions, type SessionOptions } from './options.js';
import { deliver, languageFor, reportInput } from './output.js';
import { languageOf, stateDirOf } from './settings.js';

const optionsSchema = commonSchema.extend(lookSchema.shape).extend({
  output: z.enum([...formats, 'universe', 'cast']).default('human'),
  outputFile: z.string().optional(),
  root: z.string().optional(),
  follow: z.boolean().default(false),
  redact: z.enum(['default', 'strict']).optional(),
  into: z.string().optional(),
  why: z.union([z.literal(true), z.string()]).optional(),
  olderThan: ageSchema.optional(),
  keep: z.coerce.number().int().min(0).optional(),
  yes: z.boolean().default(false),
});
type Options = z.infer<typeof optionsSchema>;

/** By id, by the start of one, or by its number in the list: 1 is the newest. */
export const findSession = (lines: readonly SessionLine[], asked = '1'): SessionLine => {
  if (lines.length === 0) throw new UsageProblem('There is no session yet.');
  const byNumber = /^\d{1,4}$/.test(asked) ? lines[Number(asked) - 1] : undefined;
  const found = byNumber ?? lines.find(({ id }) => id === asked) ?? lines.find(({ id }) => id.startsWith(asked));
  if (found) return found;
  const near = nearNames(
    asked,
    lines.map(({ id }) => id),
  );
  throw new UsageProblem(
    `There is no session "${asked}". ${near.length > 0 ? `Near: ${near.join(', ')}.` : `The newest is ${lines[0]?.id}.`}`,
  );
};

const writeLine = ({ id, state, verdict, damage }: SessionLine, index: number) =>
  `${String(index + 1).padStart(3)}  ${id.padEnd(34)} ${state.padEnd(8)} ${verdict ?? damage ?? ''}`.trimEnd();

const list = async (lines: readonly SessionLine[], options: Options, io: Io) => {
  const text =
    options.output === 'json'
      ? JSON.stringify(lines, null, 2)
      : lines.map(writeLine).join('\n') || 'There is no session yet.';
  await say(io.stdout, text);
  return exitCodes.done;
};

/** The session in any format; a file gets the bytes, otherwise standard output does. */
const show = async ({ folder }: SessionLine, options: Options, io: Io) => {
  if (options.output === 'universe') return exportUniverse(folder, options, io);
  if (options.output === 'cast') return exportCast(folder, options, io);
  const format = options.output;
  const language = languageFor({ ...options, output: format }, io);
  if (options.why !== undefined) return explained(folder, { ...options, output: format, why: options.why }, io);
  if (options.redact) return showRedacted(folder, { ...options, output: format, redact: options.redact }, io);
  const catalog = await openCatalog([], io.cwd);
  const { events } = readJournal(folder);
  const input = reportInput(events, catalog, {
    language,
    folder,
    ascii: options.ascii,
    whole: format === 'html',
  });
  await deliver(renderReport(format, input), options, io);
  return exitCodes.done;
};

const explained = async (folder: string, options: Options & { output: Format; why: string | true }, io: Io) => {
  const { whyText } = await import('./session/why.js');
  const catalog = await openCatalog([], io.cwd);
  const input = reportInput(readJournal(folder).events, catalog, { language: languageFor(options, io) });
  await deliver(whyText(input, options.why), options, io);
  return exitCodes.done;
};

/** The same of what may leave this machine; the folder stays as it is. */
const showRedacted = async (
  folder: string,
  options: Options & { readonly output: Format; readonly redact: 'default' | 'strict' },
  io: Io,
) => {
  const { redacted, redactedInput } = await import('./session/redact.js');
  const catalog = await openCatalog([], io.cwd);
  const input = redactedInput(await redacted(folder, options.redact), catalog, languageFor(options, io));
  await deliver(renderReport(options.output, { ...input, ascii: options.ascii }), options, io);
  return exitCodes.done;
};

/** A film of the screen is for people, in the language of whoever asks for it. */
const exportCast = async (folder: string, options: Options, io: Io) => {
  const { castText } = await import('./session/cast.js');
  const { redacted } = await import('./session/redact.js');
  const { events } = options.redact ? await redacted(folder, options.redact) : readJournal(folder);
  const look = { catalog: await openCatalog([], io.cwd), language: languageOf(options, io), ascii: options.ascii };
  await deliver(castText(events, look), options, io);
  return exitCodes.done;
};

const exportUniverse = async (folder: string, { outputFile, redact }: Options, io: Io) => {
  if (!outputFile)
    throw new UsageProblem('A universe is not text: name a file with --output-file NAME.universe.tar.zst.');
  if (redact) {
    const { packHidden } = await import('./record/pack-hidden.js');
    await packHidden(folder, redact, outputFile);
    await say(io.stderr, outputFile);
    return exitCodes.done;
  }
  const { packUniverse } = await import('../ports/universe/pack.js');
  await packUniverse(join(folder, 'universe'), outputFile);
  await say(io.stderr, outputFile);
  return exitCodes.done;
};

/** What the session has put into the cluster and not seen go. */
const leftIn = (events: readonly JournalEvent[]) => {
  const { made, header } = foldJournal(events);
  return made
    .filter(({ removal }) => !removal || removal.outcome === 'left')
    .map((one) => `Left in the cluster: ${leftWords(one, header?.target.context ?? null)}`);
};

const verify = async ({ folder, id }: SessionLine, { root }: Options, io: Io) => {
  const result = verifySession(folder, { root });
  const bad = [
    ...(result.badLine ? [`session.ndjson:${result.badLine.line}: ${result.badLine.why}`] : []),
    ...result.badFiles.map(({ file, why }) => `${file}: ${why}`),
    ...(result.rootMatches ? [] : [`The root is ${result.root}, not ${root}.`]),
  ];
  const sound = `${id}: ${result.events} events, nothing changed, root ${result.root}`;
  const left = result.badLine ? [] : leftIn(readJournal(folder).events);
  await say(io.stdout, [...(result.ok ? [sound] : [`${id}: changed`, ...bad]), ...left].join('\n'));
  return result.ok ? exitCodes.done : exitCodes.fault;
};

interface Asked {
  readonly lines: readonly SessionLine[];
  readonly options: Options;
  readonly raw: Record<string, unknown>;
  readonly words: readonly string[];
}

type Action = (line: SessionLine, asked: Asked, io: Io) => Promise<number>;

const exported = (options: Options): Options => ({
  ...options,
  output: options.output === 'human' ? 'md' : options.output,
});

/** What is done with one session. */
const actions: Readonly<Record<string, Action>> = {
  show: async (line, { options }, io) =>
    options.follow ? (await import('./session/follow.js')).follow(line, options, io) : show(line, options, io),
  export: (line, { options }, io) => show(line, exported(options), io),
  verify: (line, { options }, io) => verify(line, options, io),
  note: async (line, { options, words }, io) =>
    (await import('./session/note.js')).note(line, { ...options, text: words.join(' ') }, io),
  resume: async (line, { raw }, io) => {
    const { flagsAsWritten, resume } = await import('./resume.js');
    return resume(line, flagsAsWritten(raw), io);
  },
  watch: async (line, { raw }, io) => (await import('./session/watch.js')).watch(line, raw, io),
  redact: async (line, { options: { redact = 'default', into } }, io) =>
    (await import('./session/redact.js')).redact(line, { profile: redact, into }, io),
  diff: async (line, { lines, options, words: [other] }, io) => {
    if (other === undefined) throw new UsageProblem('session diff BEFORE AFTER: name two sessions.');
    const pair = { before: line, after: findSession(lines, other) };
    return (await import('./session/diff.js')).diff(pair, options, io);
  },
};

/** `session list|show|resume|note|watch|export|verify|redact|prune|diff` */
export const session = async (
  raw: Record<string, unknown>,
  io: Io,
  [action = 'list', id, ...words]: readonly string[],
): Promise<number> => {
  const options = readOptions(optionsSchema, raw);
  const stateDir = stateDirOf(options, io);
  const lines = listSessions(stateDir);
  if (action === 'list') return list(lines, options, io);
  if (action === 'prune') return (await import('./session/prune.js')).prune(lines, { ...options, stateDir }, io);
  const found = Object.hasOwn(actions, action) ? actions[action] : undefined;
  if (!found)
    throw new UsageProblem(
      `session ${action}: write list, show, resume, note, watch, export, verify, redact, prune or diff.`,
    );
  return found(findSession(lines, id), { lines, options, raw, words }, io);
};

/** Goes on with the session of this id, with the flags of today. */
export const resumeById = async (id: string, options: SessionOptions, io: Io): Promise<number> => {
  const place = findSession(listSessions(stateDirOf(options, io)), id);
  const { flagsAsRead, resume } = await import('./resume.js');
  return resume(place, flagsAsRead(options), io);
};
