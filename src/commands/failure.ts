import { find } from '../catalog/find.js';
import { load } from '../catalog/load.js';
import { CannotLook } from '../domain/cannot-look.js';
import { failedReport } from '../report/json.js';
import { renderFailure } from '../report/render.js';
import { exitCodeOfFailure } from './ending.js';
import { type Io, say } from './io.js';
import type { SessionOptions } from './options.js';
import { deliver, languageFor } from './output.js';

/** Errors that name what the operator can do; anything else is a bug of ours and keeps its stack. */
const forOperator = new Set([
  'UsageProblem',
  'CatalogProblems',
  'EndProblem',
  'IntakeProblem',
  'KubeconfigProblem',
  'UniverseProblem',
  'JournalProblem',
]);

export const isForOperator = (error: unknown): error is Error =>
  error instanceof CannotLook || (error instanceof Error && forOperator.has(error.name));

export const codeOf = (error: unknown): string => {
  if (error instanceof CannotLook) return 'why' in error ? String(error.why) : error.code;
  return error instanceof Error ? error.name : 'unknown';
};

/** A run that ended before it had a session: still one valid document, and a sentence on standard error. */
export const writeFailure = async (error: unknown, options: SessionOptions, io: Io): Promise<number> => {
  const code = codeOf(error);
  if (!isForOperator(error)) throw error;
  const { message } = error;
  if (options.output === 'human' || options.output === 'short') {
    await say(io.stderr, message);
    return exitCodeOfFailure(code);
  }
  const at = new Date(io.now()).toISOString();
  const report = failedReport({ error: { code, message }, version: io.version, startedAt: at, endedAt: at });
  const { catalog } = load(await find());
  await deliver(renderFailure(options.output, report, { catalog, language: languageFor(options, io) }), options, io);
  await say(io.stderr, message);
  return exitCodeOfFailure(code);
};
