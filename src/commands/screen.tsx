import { EndProblem, flowBetween, readEnd } from '../domain/ends.js';
import type { Flow } from '../domain/flow.js';
import type { Session } from '../machines/drive.js';
import { madeLines } from '../report/made.js';
import { plain } from '../report/plain.js';
import { renderReport } from '../report/render.js';
import type { Appearance, Draft, Header } from '../ui/props.js';
import { requested } from './ask.js';
import { beforeSession } from './before-session.js';
import { openCatalog } from './books.js';
import { clipboard } from './clipboard.js';
import { askBeforehand } from './consent.js';
import { messageReader, type ReadMessage, readMessage } from './error-message.js';
import { exitCodeOfVerdict } from './exit-code.js';
import { isForOperator } from './failure.js';
import { exitCodes, type Io, say } from './io.js';
import type { SessionFiles } from './keep-session.js';
import { offerLeftovers } from './offer-removal.js';
import type { SessionOptions } from './options.js';
import { endSession, reportInput, sealBundle } from './output.js';
import { askPassphrases } from './passphrase.js';
import { openTriage, type Start, targetOf } from './run.js';
import { isMarked, languageOf, type Mode, wantsColor } from './settings.js';
import type { Left, ScreenProps } from './show-screen.js';

type Opened = Awaited<ReturnType<typeof openTriage>>;

const headerFor = async (options: SessionOptions, io: Io): Promise<Header> => {
  const { context, namespace, mode, synthetic } = await targetOf(options, io);
  return {
    context,
    namespace,
    marked: isMarked(context, io),
    level: options.level,
    version: io.version,
    mode,
    synthetic,
  };
};

const flowOf = ({ from, to }: Draft, namespace: string, options: SessionOptions): Flow =>
  flowBetween(readEnd(from, namespace), requested(readEnd(to, namespace), options));

/** What is left open is filled with what the error settles. */
const draftOf = (draft: Draft, read: ReadMessage | undefined): Draft => ({
  ...draft,
  ...{ from: draft.from || (read?.from ?? ''), to: draft.to || (read?.to ?? '') },
  symptom: draft.symptom || (read?.symptom ?? ''),
});

const savedOf = ({ place, journal }: SessionFiles) => place && { ...place, root: journal().root };

/** Results that a process before this one has shown. */
const knownBefore = ({ predict }: SessionOptions, opened: Opened | undefined) =>
  predict ? (opened?.files.earlier?.filter(({ type }) => type === 'check.finished').length ?? 0) : undefined;

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

/** The flags of today, as a resume takes them. Limits are the earlier session's own affair. */
const rawFlags = (options: SessionOptions) => ({
  ...options,
  podAccess: options.podAccess.join(',') || 'none',
  requestTimeout: undefined,
  checkTimeout: undefined,
  deadline: undefined,
});

const actionsOver = ({ opened, io, signal }: Around) => ({
  copy: (text: string) => void clipboard(io.stdout, text),
  export: async () => {
    const now = opened();
    if (!now?.files.place) throw new Error('The session lives in memory only: there is no folder to write to.');
    sealBundle(now.files, now.catalog);
    return `${now.files.place.folder}/report.md`;
  },
  collect: async () => {
    const now = opened();
    const world = now?.world();
    if (!now || !world) throw new Error('The session has not begun yet.');
    const { collectFlow } = await import('./collect-flow.js');
    return collectFlow({ world, files: now.files, flow: now.session.look().flow }, signal);
  },
});

const appearanceOf = (options: SessionOptions, io: Io): Appearance => ({
  ascii: options.ascii,
  wide: options.ambiguousWidth === '2' ? 2 : 1,
  theme: io.hasColor() ? options.theme : 'mono',
  motion: options.motion,
});

/** Shows the session, in words from the moment somebody asks for them. */
const show = async (mode: Mode, props: ScreenProps, around: Around): Promise<Left> => {
  const actions = { ...actionsOver(around), mayFix: around.mayFix };
  const asWords = async () => (await import('./show-line.js')).showLine;
  if (mode === 'line') return (await asWords())(props, { ...actions, seen: around.seen === true }, around.io);
  const left = await (await import('./show-screen.js')).showScreen(props, actions, around.io);
  if (left.to !== 'line') return left;
  return (await asWords())({ ...props, session: around.opened()?.session }, { ...actions, seen: false }, around.io);
};

/** The same until somebody leaves for good: from a fix that has changed nothing they come back, to the menu in words. */
const showWithFixes = async (mode: Mode, props: ScreenProps, around: Around): Promise<Left> => {
  const left = await show(mode, props, around);
  const opened = around.opened();
  if (left.to !== 'fix' || !opened) return left;
  const { fixOnTerminal } = await import('./remedy/on-terminal.js');
  const { io, options } = around;
  const fixed = await fixOnTerminal(opened, { options, marked: props.header.marked }, io);
  if (fixed !== 'back') return { to: 'shell', code: fixed.code };
  return showWithFixes('line', { ...props, session: opened.session }, { ...around, seen: true });
};

interface Around {
  readonly io: Io;
  readonly opened: () => Opened | undefined;
  readonly signal: AbortSignal;
  readonly options: SessionOptions;
  /** Started with `--allow-remediation`. */
  readonly mayFix: boolean;
  /** Somebody was away for a fix, and has come back. */
  readonly seen?: boolean;
}

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

/** Leaves for the shell, or goes on with an earlier session. */
const leftFor = async (left: Left, opened: Opened | undefined, around: { options: SessionOptions; io: Io }) => {
  if (left.to !== 'session') return leave(opened, left.to === 'shell' ? left.code : undefined, around);
  const { resumeById } = await import('./session.js');
  return resumeById(left.id, rawFlags(around.options), around.io);
};

/** The full screen or the line mode: the same session, with somebody at the keys. */
export const runOnScreen = async (asked: SessionOptions, io: Io, start: Start & { mode: Mode }): Promise<number> => {
  io.setColor(wantsColor(asked, io));
  await offerLeftovers(asked, io);
  const options = await askBeforehand(asked, io);
  const header = await headerFor(options, io);
  const catalog = await openCatalog(options.runbook, io.cwd);
  const passphrases = await askPassphrases(options, io);
  const stopped = new AbortController();
  const { signal } = stopped;
  let opened: Opened | undefined;

  const reading = messageReader(catalog, languageOf(options, io), options.redact);
  const about = { ...reading, namespace: header.namespace };
  const readError = (draft: Draft, source: 'flag' | 'prompt') =>
    draft.error ? readMessage(draft.error, draft, { ...about, source }) : undefined;

  const begin = async (draft: Draft): Promise<Session | string> => {
    try {
      const about = {
        io,
        catalog,
        symptom: draft.symptom || start.symptom,
        answers: readError(draft, draft.error === options.error ? 'flag' : 'prompt')?.answers,
        resume: start.resume,
        signal,
        passphrases,
        attended: true,
      };
      opened = await openTriage(flowOf(draft, header.namespace, options), options, about);
      opened.session.start();
      return opened.session;
    } catch (error) {
      if (isForOperator(error)) return error.message;
      throw error;
    }
  };
  const given = { from: options.from ?? '', to: options.to ?? '', symptom: start.symptom ?? '', error: options.error };
  const told = readError(given, 'flag');
  const draft = draftOf(given, told);
  const first = draft.from && draft.to ? await begin(draft) : undefined;
  if (typeof first === 'string') throw new EndProblem(first);

  const before = await beforeSession({ options, io, catalog, namespace: header.namespace, signal });
  const intake = {
    ...{ draft, start: begin, incident: options.incident, told: told?.lines.join(' ') },
    read: (error: string, unread: Draft) => {
      const read = readMessage(error, unread, { ...about, source: 'prompt' });
      return { draft: draftOf({ ...unread, error }, read), told: read.lines.join(' ') };
    },
  };
  const props: ScreenProps = {
    ...{ catalog, header, session: first, intake: { ...intake, ...before } },
    ...{ language: languageOf(options, io), appearance: appearanceOf(options, io) },
    predict: knownBefore(options, opened),
    saved: () => opened && savedOf(opened.files),
    now: io.now,
  };
  const around = { io, options, opened: () => opened, signal, mayFix: options.allowRemediation };
  const left = await showWithFixes(start.mode, props, around);
  stopped.abort();
  return leftFor(left, opened, { options, io });
};
