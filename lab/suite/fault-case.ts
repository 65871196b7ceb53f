import type { Kubectl } from '../cluster/kubectl.ts';
import type { Lab } from '../cluster/plan.ts';
import type { Run } from '../scenario/fault.ts';
import type { NamedFault } from '../scenario/find.ts';
import { cleanUp, heal, inject, prepare } from '../scenario/play.ts';
import { judge } from './judge.ts';
import { triage } from './program.ts';
import type { Tally } from './tally.ts';
import { screenWith } from './terminal.ts';

export interface Stage {
  lab: Lab;
  kubectl: Kubectl;
  tally: Tally;
  /** Without the program: only that the faults are real. */
  symptomsOnly: boolean;
  /** The one fault that is also walked in a real terminal. */
  inTerminal: string;
}

export async function playCase(
  { lab, kubectl, tally, symptomsOnly, inTerminal }: Stage,
  fault: NamedFault,
): Promise<void> {
  const odd = fault.symptom.fails === 'never';
  const broke = await tally.prove(
    `${fault.name}: works, ${odd ? 'and stays working' : 'and fails once broken'}`,
    async () => {
      await prepare(kubectl, fault);
      await inject(kubectl, fault);
      return [];
    },
  );
  if (broke && !symptomsOnly) {
    for (const run of fault.runs) {
      await tally.prove(`${fault.name}: ${title(run)}`, async () => judge(run.expect, await triage(lab, fault, run)));
    }
    if (fault.name === inTerminal) await walkInTerminal({ lab, tally }, fault);
  }
  if (broke && !odd) {
    await tally.prove(`${fault.name}: works again once healed`, async () => {
      await heal(kubectl, fault);
      return [];
    });
  }
  await cleanUp(kubectl, fault);
}

async function walkInTerminal({ lab, tally }: Pick<Stage, 'lab' | 'tally'>, fault: NamedFault): Promise<void> {
  const [cause = ''] = fault.runs[0]?.expect.top ?? [];
  await tally.prove(`${fault.name}: a terminal of 80x24 shows the verdict`, async () => {
    const screen = await screenWith(lab, fault, new RegExp(`\\b${cause}\\b`));
    const tooWide = screen.split('\n').some((line) => line.length > 80);
    return tooWide ? ['a line is wider than the terminal'] : [];
  });
}

const title = ({ as = 'admin', level = 'probe', expect: { exit, result, top } }: Run) =>
  `${as}, ${level}: ${[result ?? 'refused', top?.join(' or '), `exit ${exit}`].filter(Boolean).join(', ')}`;
