import { EndProblem, flowBetween, readEnd, writeEnd } from '../domain/ends.js';
import type { Flow } from '../domain/flow.js';
import type { Session } from '../machines/drive.js';
import { renderReport } from '../report/render.js';
import type { Draft, Header } from '../ui/props.js';
import { openCatalog } from './books.js';
import { clipboard } from './clipboard.js';
import { isForOperator } from './failure.js';
import { exitCodes, type Io, say } from './io.js';
import type { SessionFiles } from './keep-session.js';
import type { SessionOptions } from './options.js';
import { endSession, reportInput, sealBundle } from './output.js';
import { openTriage, type Start, targetOf } from './run.js';
import { languageOf, type Mode, wantsColor } from './settings.js';

type Opened = Awaited<ReturnType<typeof openTriage>>;

const headerFor = async (options: SessionOptions, io: Io): Promise<Header> => {
  const { context, namespace, mode, synthetic } = await targetOf(options, io);
  const marked = (io.env.NET_TRIAGE_PRODUCTION ?? '').split(',').includes(context ?? '');
  return { context, namespace, marked, level: options.level, version: io.version, mode, synthetic };
};

const flowOf = ({ from, to }: Draft, namespace: string): Flow =>
  flowBetween(readEnd(from, namespace), readEnd(to, namespace));

const savedOf = ({ place, journal }: SessionFiles) => place && { ...place, root: journal().root };

/** What stays in the scrollback: six lines of the verdict, or where to go on. */
const leaveSummary = async ({ files, catalog }: Opened, options: SessionOptions, io: Io) => {
  const input = reportInput(files.journal().events, catalog, {
    language: languageOf(options, io),
    ascii: options.ascii,
  });
  await say(io.stdout, renderReport('short', input));
  if (files.place) await say(io.stdout, files.place.folder);
};

const endingOf = (session: Session, code: number | undefined) => {
  if (code === exitCodes.interrupted) return { cause: 'interrupted', exitCode: code } as const;
  return { cause: session.look().verdict ? 'verdict' : 'stopped' } as const;
};

/** The full screen or the line mode: the same session, with somebody at the keys. */
export const runOnScreen = async (options: SessionOptions, io: Io, start: Start & { mode: Mode }): Promise<number> => {
  io.setColor(wantsColor(options, io));
  const header = await headerFor(options, io);
  const catalog = await openCatalog(options.runbook, io.cwd);
  const stopped = new AbortController();
  let opened: Opened | undefined;

  const begin = async (draft: Draft): Promise<Session | string> => {
    try {
      const symptom = draft.symptom || start.symptom;
      opened = await openTriage(flowOf(draft, header.namespace), options, {
        io,
        symptom,
        resume: start.resume,
        signal: stopped.signal,
      });
      opened.session.start();
      return opened.session;
    } catch (error) {
      if (isForOperator(error)) return error.message;
      throw error;
    }
  };
  const draft = { from: options.from ?? '', to: options.to ?? '', symptom: start.symptom ?? '' };
  const first = options.from && options.to ? await begin(draft) : undefined;
  if (typeof first === 'string') throw new EndProblem(first);

  const actions = {
    copy: (text: string) => clipboard(io.stdout, text),
    export: async () => {
      if (!opened?.files.place) throw new Error('The session lives in memory only: there is no folder to write to.');
      sealBundle(opened.files, opened.catalog);
      return `${opened.files.place.folder}/report.md`;
    },
  };
  const props = {
    ...{ catalog, header, session: first, intake: { draft, start: begin } },
    language: languageOf(options, io),
    appearance: {
      ascii: options.ascii,
      wide: options.ambiguousWidth === '2' ? (2 as const) : (1 as const),
      theme: io.hasColor() ? options.theme : ('mono' as const),
      motion: options.motion,
    },
    saved: () => opened && savedOf(opened.files),
    now: io.now,
  };
  const show =
    start.mode === 'line' ? (await import('./show-line.js')).showLine : (await import('./show-screen.js')).showScreen;
  const code = await show(props, actions, io);
  stopped.abort();
  if (opened) {
    const ending = endingOf(opened.session, code);
    await endSession({ ...opened, ending, exitCode: code ?? exitCodes.done }, io);
    await leaveSummary(opened, options, io);
  }
  return code ?? exitCodes.done;
};

export const draftOf = ({ from, to }: Flow): Pick<Draft, 'from' | 'to'> => ({ from: writeEnd(from), to: writeEnd(to) });
