import type { Finished } from '../machine/run.ts';
import type { Expectation } from '../scenario/fault.ts';
import { type Report, readReport } from './report.ts';

/** How the program's answer to one run compares with what is true. */
export interface Score {
  verdict: 'right' | 'wrong' | 'open';
  /** Each way in which the answer is not the expected one. */
  notes: string[];
  result: string;
  top: string;
  certainty: string;
  cost: Report['cost'];
}

const NOTHING: Report['cost'] = { requests: 0, bytes: 0, durationMs: 0, commands: 0 };
const ACCUSED = new Set(['certain', 'probable']);

/** `open`: the program is not expected to know yet. Then silence is forgiven, a wrong word never is. */
export function score(expected: Expectation, finished: Finished, open = false): Score {
  const report = readReport(finished.stdout);
  if (typeof report === 'string') return scoreRefusal(expected, finished, report);
  const { result, causes } = report.verdict;
  const [top] = causes;
  const harm = harmIn(expected, report);
  const missed = [...exitCode(expected, finished), ...missedIn(expected, report), ...unnamed(expected, finished)];
  const verdict = verdictOn({ harm, missed, open });
  return {
    verdict,
    notes: [...harm, ...missed, ...(verdict === 'right' ? [] : walked(report))],
    result,
    top: top?.id ?? '',
    certainty: top?.certainty ?? '',
    cost: report.cost,
  };
}

// A run that is refused at the door, such as one without any right, prints no report.
function scoreRefusal(expected: Expectation, finished: Finished, reason: string): Score {
  const notes = [...exitCode(expected, finished), ...unnamed(expected, finished), ...(expected.result ? [reason] : [])];
  const verdict = notes.length === 0 ? 'right' : 'wrong';
  return { verdict, notes, result: `exit ${finished.code}`, top: '', certainty: '', cost: NOTHING };
}

const verdictOn = ({ harm, missed, open }: { harm: string[]; missed: string[]; open: boolean }): Score['verdict'] => {
  if (harm.length > 0) return 'wrong';
  if (missed.length === 0) return 'right';
  return open ? 'open' : 'wrong';
};

// An answer that is not right can rarely be had again: what led to it is told where it is seen.
const walked = ({ checks, verdict: { notChecked } }: Report): string[] => [
  `walked: ${checks.map(({ id, outcome, result }) => (result === 'pass' ? id : `${id} ${outcome} (${result})`)).join(', ')}`,
  ...notChecked.map(({ check, reason }) => `not checked: ${check}: ${reason}`),
];

// What would send somebody the wrong way, whether a stage is built or not.
function harmIn(expected: Expectation, { verdict: { result, causes } }: Report): string[] {
  const forgiven = new Set([...(expected.top ?? []), ...(expected.beside ?? [])]);
  const wrong = causes.filter(
    ({ id, certainty }) =>
      expected.never?.some((one) => one === '*' || one === id) || (ACCUSED.has(certainty) && !forgiven.has(id)),
  );
  return [
    ...wrong.map(({ id, certainty }) => `accuses ${id} (${certainty})`),
    ...(result === 'healthy' && expected.result !== 'healthy' ? ['calls it healthy'] : []),
  ];
}

function missedIn(expected: Expectation, { verdict: { result, causes } }: Report): string[] {
  const [top = { id: 'nothing', certainty: 'unknown' }] = causes;
  const all = causes.map(({ id, certainty }) => `${id} ${certainty}`).join(', ') || 'no cause';
  const missed = expected.result && result !== expected.result ? [`${result}, not ${expected.result} (${all})`] : [];
  if (expected.top && !expected.top.includes(top.id))
    missed.push(`top is ${top.id}, not ${expected.top.join(' or ')} (${all})`);
  else if (expected.certainty && !expected.certainty.includes(top.certainty))
    missed.push(`${top.id} is ${top.certainty}, not ${expected.certainty.join(' or ')}`);
  return missed;
}

const exitCode = ({ exit }: Expectation, { code, stderr }: Finished) =>
  code === exit ? [] : [`exit ${code}, not ${exit}: ${stderr.trim().split('\n').at(-1)?.slice(0, 200) ?? ''}`];

const unnamed = ({ names }: Expectation, { stdout, stderr }: Finished) =>
  names && !names.test(stdout + stderr) ? [`does not name ${names}`] : [];
