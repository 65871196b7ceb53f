import type { Run } from '../scenario/fault.ts';
import type { NamedFault } from '../scenario/find.ts';
import type { Play } from '../scenario/play.ts';
import { triage } from './program.ts';

const REPAIRS = ['--allow-remediation', '--verify-for', '10s'];

/** What the program offers to change, by the name under which it wants it confirmed. */
const OFFERED = /--confirm=(\S+)$/m;

/** Lets the program repair what it has found, and asks the traffic whether it did. */
export async function repair(play: Play, fault: NamedFault, run: Run): Promise<string[]> {
  const ask = (more: readonly string[]) =>
    triage(play.lab, fault, { ...run, flags: [...(run.flags ?? []), ...REPAIRS, ...more] });
  const offer = await ask([]);
  const [, target] = OFFERED.exec(offer.stderr) ?? [];
  if (!target) return [`nothing is offered: ${offer.stderr.slice(-600)}`];
  const { code, stderr } = await ask([`--confirm=${target}`]);
  if (code !== 0) return [`exit ${code} after ${target} was changed: ${stderr.slice(-600)}`];
  await play.proveRepaired();
  return [];
}
