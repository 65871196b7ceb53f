import type { CannotLookCode } from '../domain/cannot-look.js';
import { type Finding, looked } from '../domain/finding.js';
import type { Verdict } from '../domain/verdict.js';
import { exitCodeOfVerdict } from './exit-code.js';
import type { Ending } from './headless.js';
import { exitCodes } from './io.js';
import type { SessionOptions } from './options.js';

const accessCodes = new Set(['forbidden', 'lost', 'not-served', 'timeout', 'unauthenticated', 'unreachable']);
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

/** Nothing was seen at all, because nothing may be read or nobody answers: that is no verdict about the flow. */
const sawNothing = (trail: readonly Finding[]) =>
  trail.every((finding) => !looked(finding)) && trail.some(({ reason }) => accessCodes.has(reason?.code ?? ''));

interface Seen {
  readonly verdict: Verdict | null;
  readonly trail: readonly Finding[];
}

export const exitCodeOf = (ending: Ending, { verdict, trail }: Seen, failOn: SessionOptions['failOn']): number => {
  if ('exitCode' in ending) return ending.exitCode;
  if (ending.cause === 'failed') return exitCodeOfFailure(ending.code);
  if (sawNothing(trail)) return exitCodes.access;
  return verdict ? exitCodeOfVerdict(verdict, failOn) : exitCodes.inconclusive;
};
