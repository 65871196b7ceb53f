import { describe, expect, it } from 'vitest';
import { exitCodeOf, exitCodeOfFailure } from '../../src/commands/ending.js';
import { exitCodeOfChecks, exitCodeOfVerdict } from '../../src/commands/exit-code.js';
import type { Ending } from '../../src/commands/headless.js';
import { cannotLookCodes } from '../../src/domain/cannot-look.js';
import type { Finding } from '../../src/domain/finding.js';
import type { Verdict } from '../../src/domain/verdict.js';

describe('the exit code of a verdict', () => {
  it.each([
    ['fault', 3],
    ['healthy', 0],
    ['inconclusive', 5],
  ] as const)('%s is %i, and 0 where no result may fail', (result, code) => {
    expect(exitCodeOfVerdict({ result }, 'fail')).toBe(code);
    expect(exitCodeOfVerdict({ result }, 'never')).toBe(0);
  });
});

describe('the exit code of single checks', () => {
  it.each<[Finding['result'][], 'fail' | 'warn' | 'unsure' | 'never', number]>([
    [['pass', 'skip'], 'fail', 0],
    [['pass', 'fail'], 'fail', 3],
    [['fail', 'error'], 'fail', 3],
    [['pass', 'error'], 'fail', 5],
    [['fail', 'error'], 'never', 0],
    [['warn'], 'fail', 0],
    [['warn'], 'warn', 3],
    [['unsure'], 'warn', 0],
    [['unsure'], 'unsure', 3],
    [[], 'unsure', 0],
  ])('%j with --fail-on %s is %i', (results, failOn, code) => expect(exitCodeOfChecks(results, failOn)).toBe(code));
});

describe('the exit code of a run that failed', () => {
  it.each([
    ['forbidden', 4],
    ['lost', 4],
    ['timeout', 4],
    ['unauthenticated', 4],
    ['unreachable', 4],
    ['not-recorded', 5],
    ['KubeconfigProblem', 2],
    ['UniverseProblem', 2],
    ['IntakeProblem', 2],
    ['EndProblem', 2],
    ['UsageProblem', 2],
    ['CatalogProblems', 2],
    ['JournalProblem', 2],
    ['TypeError', 1],
    ['unknown', 1],
  ])('%s is %i', (code, exit) => expect(exitCodeOfFailure(code)).toBe(exit));

  it.each(cannotLookCodes)('never calls %s a crash', (code) => expect(exitCodeOfFailure(code)).not.toBe(1));
});

describe('the exit code of a session', () => {
  const fault = { result: 'fault' } as Verdict;

  it.each<[Ending, Verdict | null, number]>([
    [{ cause: 'verdict' }, fault, 3],
    [{ cause: 'verdict' }, null, 5],
    [{ cause: 'stopped' }, null, 5],
    [{ cause: 'deadline', exitCode: 124 }, fault, 124],
    [{ cause: 'interrupted', exitCode: 130 }, null, 130],
    [{ cause: 'failed', code: 'forbidden', message: '' }, null, 4],
  ])('%j', (ending, verdict, code) => expect(exitCodeOf(ending, { verdict, trail: [] }, 'fail')).toBe(code));
});
