import { letTeamInto } from '../access/people.ts';
import type { Kubectl } from '../cluster/kubectl.ts';
import type { Lab } from '../cluster/plan.ts';
import type { Profile } from '../cluster/profiles.ts';
import type { Run } from '../scenario/fault.ts';
import type { NamedFault } from '../scenario/find.ts';
import { Play } from '../scenario/play.ts';
import { triage } from './program.ts';
import { score } from './score.ts';
import type { Tally } from './tally.ts';

export interface Stage {
  lab: Lab;
  profile: Profile;
  kubectl: Kubectl;
  tally: Tally;
  /** Without the program: only that the faults are real. */
  symptomsOnly: boolean;
}

/** What is done while a fault is there, beside asking the program. */
export type Meanwhile = (stage: Stage, fault: NamedFault) => Promise<void>;

export async function playCase(stage: Stage, fault: NamedFault, meanwhile?: Meanwhile): Promise<void> {
  const { tally, profile } = stage;
  const play = new Play(stage.lab, stage.kubectl, fault);
  const name = `${fault.name} on ${profile}`;
  const odd = fault.symptom.fails === 'never';
  const broke = await tally.prove(
    `${name}: works, ${odd ? 'and stays working' : 'and fails once broken'}`,
    async () => {
      await play.prepare();
      await play.inject();
      return [];
    },
  );
  if (broke && !stage.symptomsOnly) {
    for (const run of runsOf(fault)) await ask(stage, fault, run);
    await meanwhile?.(stage, fault);
  }
  // Also after a failure: the next fault needs a lab that works.
  if (!odd || fault.heal) {
    await tally.prove(`${name}: works again once healed`, async () => {
      await play.heal();
      return [];
    });
  }
  await play.cleanUp();
}

// Whoever may look at the nodes has to find what lies there.
const runsOf = ({ runs, proof }: NamedFault): Run[] => [
  ...runs,
  ...(proof === 'nodes' ? runs.slice(0, 1).map((run): Run => ({ ...run, level: 'node' })) : []),
];

async function ask({ lab, kubectl, profile, tally }: Stage, fault: NamedFault, run: Run): Promise<void> {
  if (run.as === 'oneteam') await letTeamInto(kubectl, fault.namespace);
  const start = performance.now();
  const isBelow = fault.proof === 'nodes' && run.level !== 'node';
  const scored = score(run.expect, await triage(lab, fault, run), fault.open !== undefined || isBelow);
  const { cost, ...answer } = scored;
  const silent = isBelow ? 'below' : 'open';
  const verdict =
    answer.verdict === 'open' || (isBlind(fault, run) && answer.verdict === 'right') ? silent : answer.verdict;
  tally.record({
    fault: fault.name,
    profile,
    run: title(run),
    expected: run.expect.top?.join(' or ') ?? run.expect.result ?? `exit ${run.expect.exit}`,
    open: verdict === 'open' ? (fault.open ?? '') : '',
    seconds: (performance.now() - start) / 1000,
    requests: cost.requests,
    bytes: cost.bytes,
    commands: cost.commands,
    ...answer,
    verdict,
  });
}

// The flow that can be asked about is sound, the fault lies outside of it: true, and nothing is found.
const isBlind = ({ open, proof, symptom }: NamedFault, { expect }: Run) =>
  (open ?? proof) !== undefined && symptom.fails !== 'never' && expect.result === 'healthy';

const title = ({ as = 'admin', level = 'probe', flags = [] }: Run) => [as, level, ...flags].join(' ');
