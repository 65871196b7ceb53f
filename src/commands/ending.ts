import type { CannotLookCode } from '../domain/cannot-look.js';
import type { Verdict } from '../domain/verdict.js';
import { exitCodeOfVerdict } from './exit-code.js';
import type { Ending } from './headless.js';
import { exitCodes } from './io.js';
import type { SessionOptions } from './options.js';

const accessCodes = new Set(['forbidden', 'lost', 'timeout', 'unauthenticated', 'unreachable']);
const unseenCodes = new Set<string>(['tool-missing', 'capped', 'not-recorded'] satisfies CannotLookCode[]);
const askedCodes = new Set([
  'KubeconfigProblem',
  'UniverseProblem',
  'IntakeProblem',
  'EndProblem',
  'UsageProblem',
  'CatalogProblems',
  'JournalProblem',
]);

/** The code of a session that could not begin. */
export const exitCodeOfFailure = (code: string): number => {
  if (accessCodes.has(code)) return exitCodes.access;
  if (askedCodes.has(code)) return exitCodes.usage;
  if (unseenCodes.has(code)) return exitCodes.inconclusive;
  return exitCodes.crash;
};

export const exitCodeOf = (ending: Ending, verdict: Verdict | null, failOn: SessionOptions['failOn']): number => {
  if ('exitCode' in ending) return ending.exitCode;
  if (ending.cause === 'failed') return exitCodeOfFailure(ending.code);
  return verdict ? exitCodeOfVerdict(verdict, failOn) : exitCodes.inconclusive;
};
