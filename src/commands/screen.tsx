import { EndProblem } from '../domain/ends.js';
import type { Session } from '../machines/drive.js';
import type { Draft } from '../ui/props.js';
import { beforeSession } from './before-session.js';
import { openCatalog } from './books.js';
import { clipboard } from './clipboard.js';
import { askBeforehand } from './consent.js';
import { messageReader, readMessage } from './error-message.js';
import { isForOperator } from './failure.js';
import type { Io } from './io.js';
import { leftFor } from './leave-screen.js';
import { offerLeftovers } from './offer-removal.js';
import type { SessionOptions } from './options.js';
import { sealBundle } from './output.js';
import { askPassphrases } from './passphrase.js';
import { openTriage, type Start } from './run.js';
import { appearanceOf, draftOf, flowOf, headerFor, knownBefore, savedOf } from './screen-parts.js';
import { languageOf, type Mode, wantsColor } from './settings.js';
import type { Left, ScreenProps } from './show-screen.js';

type Opened = Awaited<ReturnType<typeof openTriage>>;

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

/** Shows the session, in words from the moment somebody asks for them. */
const show = async (mode: Mode, props: ScreenProps, around: Around): Promise<Left> => {
  const actions = { ...actionsOver(around), mayFix: around.mayFix };
  const asWords = async () => (await import('./show-line.js')).showLine;
  if (mode === 'line') return (await asWords())(props, { ...actions, seen: around.seen === true }, around.io);
  const left = await (await import('./show-screen.js')).showScreen(props, actions, around.io);
  if (left.to !== 'line') return left;
  return (await asWords())({ ...props, session: around.opened()?.session }, { ...actions, seen: false }, around.io);
};

/** The same until somebody leaves for good: from a fix that has changed nothing they come back. */
const showWithFixes = async (mode: Mode, props: ScreenProps, around: Around): Promise<Left> => {
  const left = await show(mode, props, around);
  const opened = around.opened();
  if (left.to !== 'fix' || !opened) return left;
  const { fixOnTerminal } = await import('./remedy/on-terminal.js');
  const { io, options } = around;
  const fixed = await fixOnTerminal(opened, { options, marked: props.header.marked }, io);
  if (fixed !== 'back') return { to: 'shell', code: fixed.code };
  return showWithFixes(mode, { ...props, session: opened.session }, { ...around, seen: true });
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
