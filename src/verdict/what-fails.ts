import { looked } from '../domain/finding.js';
import { see } from './seen.js';
import type { Findings } from './weigh.js';

/**
 * The checks that showed the trouble: those in which the flow itself failed; where nobody tried it, the failed ones among
 * `grounds`. Empty where nothing failed.
 */
export const whatFails = (
  { findings, elimination }: Omit<Findings, 'causes'>,
  grounds: readonly string[],
): string[] => {
  const { symptoms, latest } = see(findings, elimination);
  const tried = symptoms.flatMap((row) => row.findings);
  const told = tried.length > 0 ? tried : latest.filter((one) => looked(one) && grounds.includes(one.check));
  return [...new Set(told.filter(({ result }) => result === 'fail').map(({ check }) => check))];
};
