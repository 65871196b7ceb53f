import type { Catalog } from '../catalog/catalog.js';
import { writeEnd } from '../domain/ends.js';
import type { Flow } from '../domain/flow.js';
import type { ResourceEvent } from '../domain/resource.js';
import type { SessionPlace } from '../journal/folder.js';
import { chooseRunbook } from '../machines/choose-runbook.js';
import { requireFlow, requireSymptom } from './ask.js';
import { openCatalog } from './books.js';
import { requireConsent } from './capture-consent.js';
import { connectLive, connectUniverse, flagsOf } from './connect.js';
import { tellBeforehand, tellRecording, toldOnStderr } from './consent.js';
import { exitCodeOf } from './ending.js';
import { messageReader, type ReadMessage, readMessage } from './error-message.js';
import { writeFailure } from './failure.js';
import { type Ending, runToTheEnd, type Stopper, stopper } from './headless.js';
import { type Io, say } from './io.js';
import { keepSession } from './keep-session.js';
import { nodeQuestions } from './node-questions.js';
import { tellLeftovers } from './offer-removal.js';
import { readOptions, type SessionOptions, sessionSchema } from './options.js';
import { finish, reportInput, requireOutput } from './output.js';
import type { Passphrases } from './passphrase.js';
import { requireNoConfirm, requireRemedyFlags } from './remedy/gate.js';
import { languageOf, modeOf, stateDirOf } from './settings.js';
import { type Triage, triage } from './triage.js';

/** What a header and names without a namespace need, before any request: from the kubeconfig, or the recording. */
export const targetOf = async (options: SessionOptions, io: Io) => {
  if (options.universe !== undefined) {
    const { target, synthetic } = await connectUniverse(options.universe);
    return {
      context: target.context,
      namespace: options.namespace ?? target.namespace,
      mode: 'replay',
      synthetic,
    } as const;
  }
  const { loadTarget } = await import('../ports/live/kubeconfig.js');
  const { context, namespace } = await loadTarget(flagsOf(options), { env: io.env, home: io.home });
  return { context, namespace: options.namespace ?? namespace, mode: 'live', synthetic: false } as const;
};

const nameOf = ({ to }: Flow) => ('name' in to ? to.name : writeEnd(to).replace(/^.*\//, ''));

/** Where the replies to one symptom come from, and where its session is kept. */
export const openTriage = async (
  asked: Flow,
  options: SessionOptions,
  { io, catalog, symptom, answers, resume, signal, onResource, passphrases, attended }: OpenTriage,
) => {
  requireConsent(options.consent, catalog);
  // What cannot be walked leaves no session behind.
  chooseRunbook(asked, catalog.runbooks, symptom);
  const recording = options.universe === undefined ? undefined : await connectUniverse(options.universe);
  const files = keepSession(
    {
      stateDir: recording ? `${stateDirOf(options, io)}/net-triage/replays` : stateDirOf(options, io),
      destination: nameOf(asked),
      resume,
      id: recording?.session ?? undefined,
    },
    io,
  );
  const onProblem = (problem: Error) => void say(io.stderr, problem.message);
  const connect: Triage['connect'] = async (_, tell, ask) => {
    const toldOf = (event: ResourceEvent) => {
      tell(event);
      onResource?.(event);
    };
    const questions = attended ? nodeQuestions(catalog, ask) : {};
    const asking = { io, interactive: io.stdin.isTTY === true, onProblem, onResource: toldOf, passphrases, questions };
    return recording ?? (await connectLive(options, files, asking));
  };
  const locale = languageOf(options, io);
  const opened = triage(
    { catalog, asked, symptom, answers, options, files, mode: recording ? 'replay' : 'live', connect, signal, locale },
    io,
  );
  return { catalog, files, ...opened };
};

/** What a start may bring along: the symptom that was named, and a session that goes on. */
export interface Start {
  readonly symptom?: string | undefined;
  readonly resume?: SessionPlace | undefined;
}

interface OpenTriage extends Start {
  readonly answers?: Triage['answers'];
  readonly passphrases?: Passphrases | undefined;
  /** Somebody sits at the keys. */
  readonly attended?: boolean;
  readonly io: Io;
  readonly catalog: Catalog;
  readonly signal: AbortSignal;
  /** Told of what is put into the cluster, where nobody looks at a screen. */
  readonly onResource?: (event: ResourceEvent) => void;
}

/** What the error of the flags settles, said on standard error. Nothing where there is none. */
const tellError = async (
  options: SessionOptions,
  { symptom }: Start,
  { io, catalog, namespace }: { io: Io; catalog: Catalog; namespace: string },
): Promise<ReadMessage | undefined> => {
  const { error, from, to } = options;
  if (error === undefined) return undefined;
  const around = {
    ...messageReader(catalog, languageOf(options, io), options.redact),
    namespace,
    source: 'flag',
  } as const;
  const read = readMessage(error, { symptom, from, to }, around);
  await say(io.stderr, read.lines.join('\n'));
  return read;
};

/** The code of the verdict, or of the fix that was applied after it. */
const repaired = async (
  opened: Awaited<ReturnType<typeof openTriage>>,
  { options, stop, ending, exitCode }: { options: SessionOptions; stop: Stopper; ending: Ending; exitCode: number },
  io: Io,
): Promise<number> => {
  if (!options.allowRemediation || ending.cause !== 'verdict') return exitCode;
  const { fixWithoutAPerson } = await import('./remedy/without-a-person.js');
  const { openDesk } = await import('./remedy/open-desk.js');
  const { catalog, files, session } = opened;
  const about = { catalog, files, flow: session.look().flow, options, signal: stop.signal, interactive: false };
  return fixWithoutAPerson(
    {
      ...{ options, exitCode, open: () => openDesk(about, io) },
      input: () => reportInput(files.journal().events, catalog, { language: languageOf(options, io) }),
      stopped: () => codeOfStop(stop),
    },
    io,
  );
};

const codeOfStop = (stop: Pick<Stopper, 'reason'>) => {
  const reason = stop.reason();
  return reason && 'exitCode' in reason ? reason.exitCode : undefined;
};

/** The same session without a screen: one document on standard output, progress on standard error. */
export const runHeadless = async (options: SessionOptions, io: Io, start: Start): Promise<number> => {
  const stop = stopper(io, options.deadline);
  try {
    requireOutput(options, io);
    const catalog = await openCatalog(options.runbook, io.cwd);
    requireSymptom(start.symptom, catalog);
    const { namespace } = await targetOf(options, io);
    const read = await tellError(options, start, { io, catalog, namespace });
    const asked = requireFlow({ ...options, from: read?.from ?? options.from, to: read?.to ?? options.to }, namespace);
    await tellLeftovers(options, io, start.resume?.id);
    await tellBeforehand(options, io);
    const symptom = read?.symptom ?? start.symptom;
    await tellRecording({ options, symptom }, catalog, io);
    const onResource = toldOnStderr(options, io);
    const about = { io, catalog, ...start, symptom, answers: read?.answers };
    const opened = await openTriage(asked, options, { ...about, signal: stop.signal, onResource });
    const ending = await runToTheEnd(opened.session, stop);
    const byVerdict = exitCodeOf(ending, opened.session.look(), options.failOn);
    const exitCode = await repaired(opened, { options, stop, ending, exitCode: byVerdict }, io);
    await finish({ ...opened, ending, exitCode, options }, io);
    return exitCode;
  } catch (error) {
    return await writeFailure(error, options, io);
  } finally {
    stop.release();
  }
};

/** `net-triage [run] [SYMPTOM]` */
export const run = async (raw: Record<string, unknown>, io: Io, [symptom]: readonly string[]): Promise<number> => {
  const options = readOptions(sessionSchema, raw);
  requireRemedyFlags(options);
  const mode = modeOf(options, io);
  if (mode === 'headless') return runHeadless(options, io, { symptom });
  requireNoConfirm(options);
  const { runOnScreen } = await import('./screen.js');
  return runOnScreen(options, io, { symptom, mode });
};
