import { rm, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { Catalog } from '../catalog/catalog.js';
import type { Flow } from '../domain/flow.js';
import { speaker } from '../ui/say.js';
import { requireFlow, requireSymptom } from './ask.js';
import { askYes } from './ask-yes.js';
import { openCatalog } from './books.js';
import { tellBeforehand, tellRecording, toldOnStderr } from './consent.js';
import { exitCodeOf } from './ending.js';
import { runToTheEnd, stopper } from './headless.js';
import { exitCodes, type Io, say, UsageProblem } from './io.js';
import type { SessionFiles } from './keep-session.js';
import { tellLeftovers } from './offer-removal.js';
import { readOptions, sessionSchema, sinceOf } from './options.js';
import { endSession } from './output.js';
import { lookBeyond } from './record/beyond.js';
import { linesByHand } from './record/by-hand.js';
import { previewLines } from './record/preview.js';
import { runLine } from './record/run-line.js';
import { openTriage, targetOf } from './run.js';
import { languageOf } from './settings.js';

const recordSchema = sessionSchema.extend({ commands: z.boolean().default(false), yes: z.boolean().default(false) });
type RecordOptions = z.infer<typeof recordSchema>;

interface Wanted {
  readonly asked: Flow;
  readonly symptom?: string | undefined;
  readonly catalog: Catalog;
  /** Of the kubeconfig. */
  readonly context: string | null;
}

const printCommands = async (wanted: Wanted, options: RecordOptions, io: Io) => {
  const { asked: flow, symptom, catalog, context } = wanted;
  const language = languageOf(options, io);
  const tell = speaker(catalog.phrases, language);
  const lines = linesByHand({ flow, symptom, context }, { catalog, language, level: options.level });
  const printed = lines.flatMap(({ title, line, open }) => [
    `# ${title}`,
    ...(open.length > 0 ? [`# ${tell('commands.record.fill', { words: open })}`] : []),
    line,
  ]);
  await say(io.stdout, [`# ${tell('commands.record.by-hand')}`, ...printed].join('\n'));
  return exitCodes.done;
};

/** Looks, and leaves a sealed session behind whose recording holds the walk and what else fits the flow. */
const lookAtAll = async ({ asked, symptom, catalog }: Wanted, options: RecordOptions, io: Io) => {
  const stop = stopper(io, options.deadline);
  const tell = speaker(catalog.phrases, languageOf(options, io));
  try {
    const about = { io, catalog, symptom, signal: stop.signal, onResource: toldOnStderr(options, io) };
    const opened = await openTriage(asked, options, about);
    const ending = await runToTheEnd(opened.session, stop);
    const beyond = ending.cause === 'verdict' ? await lookBeyond(opened, { catalog, options, signal: stop.signal }) : 0;
    await say(io.stderr, tell('commands.record.looked', { walked: opened.session.look().trail.length, beyond }));
    const exitCode = exitCodeOf(ending, opened.session.look(), options.failOn);
    await endSession({ ...opened, ending, exitCode }, io);
    if (ending.cause === 'failed') await say(io.stderr, ending.message);
    return { files: opened.files, exitCode };
  } finally {
    stop.release();
  }
};

const mayWrite = async (question: string, { yes, input, auto }: RecordOptions, io: Io) =>
  yes || (input && !auto && io.stdin.isTTY === true && (await askYes(question, io)));

interface HandOver {
  readonly wanted: Wanted;
  readonly options: RecordOptions;
}

/** Packs, shows what is in it, and leaves the file only where somebody agrees. */
const handOver = async (place: SessionFiles['place'], { wanted, options }: HandOver, io: Io) => {
  if (!place) throw new UsageProblem('There is no folder to record into; name one with --state-dir.');
  const { loadUniverse } = await import('../ports/universe/load.js');
  const { packHidden } = await import('./record/pack-hidden.js');
  const tell = speaker(wanted.catalog.phrases, languageOf(options, io));
  const file = resolve(io.cwd, options.outputFile ?? `${place.id}.universe.tar.zst`);
  const beside = `${file}.unsent`;
  try {
    const { asked, masked } = await packHidden(place.folder, options.redact, beside);
    const { lines } = await loadUniverse(beside);
    const { size: bytes } = await stat(beside);
    await say(io.stdout, previewLines({ lines, bytes, masked, profile: options.redact }, tell).join('\n'));
    if (!(await mayWrite(`${tell('commands.record.write')} ${file}`, options, io))) {
      const command = `${io.name} session export ${place.id} -o universe --redact ${options.redact} --output-file ${file}`;
      return await say(io.stderr, tell('commands.record.unwritten', { command }));
    }
    const { rename } = await import('node:fs/promises');
    await rename(beside, file);
    await say(
      io.stdout,
      `${tell('commands.record.written')}\n  ${runLine(file, { asked, symptom: wanted.symptom }, options)}`,
    );
  } finally {
    await rm(beside, { force: true });
  }
};

/** What was so long ago when it was recorded is that moment wherever the recording is triaged. */
const settled = (options: RecordOptions): RecordOptions => {
  const at = sinceOf(options, Date.now());
  return at === undefined ? options : { ...options, since: { at } };
};

/** `record [SYMPTOM]`: looks for somebody who has no access; `run --universe FILE` tells the same verdict elsewhere. */
export const record = async (raw: Record<string, unknown>, io: Io, [symptom]: readonly string[]): Promise<number> => {
  const options = settled(readOptions(recordSchema, raw));
  if (options.universe !== undefined) throw new UsageProblem('record looks at a cluster, not at a recording.');
  const catalog = await openCatalog(options.runbook, io.cwd);
  requireSymptom(symptom, catalog);
  const { namespace, context } = await targetOf(options, io);
  const wanted = { asked: requireFlow(options, namespace), symptom, catalog, context };
  if (options.commands) return printCommands(wanted, options, io);
  await tellLeftovers(options, io);
  await tellBeforehand(options, io);
  await tellRecording({ options, symptom }, catalog, io);
  const { files, exitCode } = await lookAtAll(wanted, options, io);
  await handOver(files.place, { wanted, options }, io);
  // A fault is what it was made for; only what kept it from looking is a failure.
  return [exitCodes.fault, exitCodes.inconclusive].some((code) => code === exitCode) ? exitCodes.done : exitCode;
};
