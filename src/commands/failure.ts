import { CannotLook } from '../domain/cannot-look.js';
import { type Failure, failureOf } from '../machines/failure.js';
import { failedReport } from '../report/json.js';
import { renderFailure } from '../report/render.js';
import { openCatalog } from './books.js';
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

const writeDocument = async (error: Failure, options: SessionOptions, io: Io) => {
  const at = new Date(io.now()).toISOString();
  const report = failedReport({ error, version: io.version, startedAt: at, endedAt: at });
  const catalog = await openCatalog([], io.cwd);
  await deliver(renderFailure(options.output, report, { catalog, language: languageFor(options, io) }), options, io);
};

/** A run that ended before it had a session: still one valid document, and a sentence on standard error. */
export const writeFailure = async (error: unknown, options: SessionOptions, io: Io): Promise<number> => {
  const failure = failureOf(error);
  if (options.output !== 'human' && options.output !== 'short') await writeDocument(failure, options, io);
  if (!isForOperator(error)) throw error;
  await say(io.stderr, failure.message);
  return exitCodeOfFailure(failure.code);
};
