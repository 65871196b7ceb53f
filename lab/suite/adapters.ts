import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Lab, within } from '../cluster/plan.ts';
import { run } from '../machine/run.ts';
import type { Tally } from './tally.ts';

const ROOT = join(import.meta.dirname, '../..');

interface Outcome {
  testResults: {
    name: string;
    status: string;
    assertionResults: { fullName: string; status: string; failureMessages: string[]; duration?: number }[];
  }[];
}

/** The program's own ports against the real API server: the tests of `test/lab`, from where a person would call it. */
export async function testAdapters(lab: Lab, tally: Tally): Promise<void> {
  const report = join(lab.dir, 'adapters.json');
  const here = [`LAB_DIR=${relative(ROOT, lab.dir)}`, `LAB_PREFIX=${lab.prefix}`, 'CI='];
  const vitest = [
    process.execPath,
    join(ROOT, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--project',
    'lab',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const { stdout, stderr } = await run([...within(lab, 'bastion'), 'env', ...here, ...vitest], {
    cwd: ROOT,
    timeoutMs: 180_000,
  });
  const outcome = readOutcome(report);
  if (!outcome) return tally.note('adapters: the tests ran', [(stderr || stdout).slice(-2000)], 0);
  for (const { fullName, status, failureMessages, duration = 0 } of outcome.testResults.flatMap(
    (file) => file.assertionResults,
  ))
    tally.note(`adapters: ${fullName}`, status === 'passed' ? [] : [status, ...failureMessages], duration);
  // Whoever comes next meets what a clean-up has left, and no single test tells of it.
  for (const { name } of outcome.testResults.filter(failedAfterwards))
    tally.note(`adapters: ${relative(ROOT, name)} cleans up`, [(stderr || stdout).slice(-2000)], 0);
}

const failedAfterwards = ({ status, assertionResults }: Outcome['testResults'][number]) =>
  status === 'failed' && assertionResults.every((one) => one.status === 'passed');

function readOutcome(report: string): Outcome | undefined {
  try {
    const outcome = JSON.parse(readFileSync(report, 'utf8')) as Outcome;
    return outcome.testResults.some((file) => file.assertionResults.length > 0) ? outcome : undefined;
  } catch {
    return undefined;
  }
}
