import { join } from 'node:path';
import { sshFile } from '../access/ssh-keys.ts';
import { kubeconfig, type Lab, within } from '../cluster/plan.ts';
import { PATIENCE } from '../machine/eventually.ts';
import { type Finished, run } from '../machine/run.ts';
import type { Fault, Run } from '../scenario/fault.ts';

// What hangs has to end all the same.
const LONGEST = 300_000 * PATIENCE;
// Eight triages, two clusters and all their nodes share two cores here: what is late would be honest, and no answer.
const limits = ['--request-timeout', `${30 * PATIENCE}s`, '--check-timeout', `${120 * PATIENCE}s`];
const PROGRAM = join(import.meta.dirname, '../../bin/net-triage.js');

/** The program with its arguments, from the bastion. */
export const program = (lab: Lab, args: readonly string[]): string[] => [
  ...within(lab, 'bastion'),
  process.execPath,
  PROGRAM,
  ...args,
];

/** A triage as an operator would call it; what it keeps goes into the lab's own folder. */
export function command(lab: Lab, fault: Pick<Fault, 'flow'>, more: readonly string[]): string[] {
  const state = `XDG_STATE_HOME=${lab.dir}/state`;
  const flow = ['--from', fault.flow.from, '--to', fault.flow.to];
  return [...within(lab, 'bastion'), 'env', state, process.execPath, PROGRAM, 'run', ...flow, ...more];
}

export function triage(
  lab: Lab,
  fault: Fault,
  { as = 'admin', level = 'probe', flags: more = [] }: Run,
): Promise<Finished> {
  const nodes = level === 'node' ? ['--ssh-config', sshFile(lab, 'config')] : [];
  const told = ['--no-input', '-o', 'json', '--level', level, '--kubeconfig', kubeconfig(lab, as)];
  const flags = [...told, ...limits, ...nodes, ...more];
  return run(command(lab, fault, flags), { timeoutMs: LONGEST });
}
