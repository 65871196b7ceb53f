import type { Finished } from '../machine/run.ts';
import type { Expectation } from '../scenario/fault.ts';
import { type Report, readReport } from './report.ts';

/** Every way in which the program's answer is not the expected one; none when it is. */
export function judge(expected: Expectation, finished: Finished): string[] {
  const wrong: string[] = [];
  if (finished.code !== expected.exit)
    wrong.push(`exit ${finished.code}, expected ${expected.exit}: ${lastLine(finished.stderr)}`);
  if (expected.names && !expected.names.test(finished.stdout)) wrong.push(`does not name ${expected.names}`);
  if (!expected.result) return wrong;
  const report = readReport(finished.stdout);
  return typeof report === 'string' ? [...wrong, report] : [...wrong, ...judgeVerdict(expected, report.verdict)];
}

function judgeVerdict(expected: Expectation, { result, causes }: Report['verdict']): string[] {
  const [top = { id: 'nothing', certainty: 'unknown' }] = causes;
  const all = causes.map(({ id, certainty }) => `${id} ${certainty}`).join(', ') || 'no cause';
  const wrong = result === expected.result ? [] : [`${result}, expected ${expected.result} (${all})`];
  if (expected.top && !expected.top.includes(top.id))
    wrong.push(`top is ${top.id}, expected ${expected.top.join(' or ')} (${all})`);
  if (expected.certainty && !expected.certainty.includes(top.certainty))
    wrong.push(`${top.id} is ${top.certainty}, expected ${expected.certainty.join(' or ')}`);
  const accused = causes.filter(({ id }) => expected.never?.some((one) => one === '*' || one === id));
  if (accused.length > 0) wrong.push(`accuses ${accused.map(({ id }) => id).join(', ')}`);
  return wrong;
}

const lastLine = (text: string) => text.trim().split('\n').at(-1)?.slice(0, 200) ?? '';
