import { join } from 'node:path';
import { sshFile } from '../access/ssh-keys.ts';
import { kubeconfig, type Lab, within } from '../cluster/plan.ts';
import { type Finished, run } from '../machine/run.ts';
import type { Fault, Run } from '../scenario/fault.ts';

const PROGRAM = join(import.meta.dirname, '../../bin/net-triage.js');

/** The program as an operator would call it, from the bastion; what it keeps goes into the lab's own folder. */
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
  const flags = ['--no-input', '-o', 'json', '--level', level, '--kubeconfig', kubeconfig(lab, as), ...nodes, ...more];
  return run(command(lab, fault, flags), { timeoutMs: 90_000 });
}
