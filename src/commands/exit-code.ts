import type { Finding } from '../domain/finding.js';
import type { Verdict } from '../domain/verdict.js';
import { exitCodes } from './io.js';
import type { SessionOptions } from './options.js';

type FailOn = SessionOptions['failOn'];

/** Which results of checks count as a fault by themselves. */
const counted: Readonly<Record<FailOn, readonly Finding['result'][]>> = {
  fail: ['fail'],
  warn: ['fail', 'warn'],
  unsure: ['fail', 'warn', 'unsure'],
  never: [],
};

export const exitCodeOfVerdict = ({ result }: Pick<Verdict, 'result'>, failOn: FailOn): number => {
  if (failOn === 'never') return exitCodes.done;
  return { fault: exitCodes.fault, healthy: exitCodes.done, inconclusive: exitCodes.inconclusive }[result];
};

/** For single checks: a fault outweighs what could not be looked at. */
export const exitCodeOfChecks = (results: readonly Finding['result'][], failOn: FailOn): number => {
  if (results.some((result) => counted[failOn].includes(result))) return exitCodes.fault;
  if (failOn !== 'never' && results.some((result) => result === 'error')) return exitCodes.inconclusive;
  return exitCodes.done;
};
