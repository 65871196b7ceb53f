import { kubeconfig, type Lab } from '../cluster/plan.ts';
import { run } from '../machine/run.ts';
import type { Who } from '../scenario/fault.ts';
import { program } from './program.ts';

export interface Finding {
  check: string;
  outcome: string;
  facts: Record<string, unknown>;
}

interface Look {
  as?: Who;
  more?: readonly string[];
}

/** What `check` says of these checks, each by itself. */
export async function looked(
  lab: Lab,
  checks: readonly string[],
  { as = 'admin', more = [] }: Look,
): Promise<Finding[]> {
  const told = ['--kubeconfig', kubeconfig(lab, as), '-o', 'json', '--fail-on', 'never', ...more];
  const { stdout, stderr } = await run(program(lab, ['check', ...checks, ...told]), { timeoutMs: 60_000 });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Finding[];
}

export const outcomesOf = (findings: readonly Finding[]): string[] => findings.map(({ outcome }) => outcome);
