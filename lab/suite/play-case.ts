import { letTeamInto } from '../access/people.ts';
import type { Kubectl } from '../cluster/kubectl.ts';
import type { Lab } from '../cluster/plan.ts';
import type { Profile } from '../cluster/profiles.ts';
import type { Expectation, Run } from '../scenario/fault.ts';
import type { NamedFault } from '../scenario/find.ts';
import { Play } from '../scenario/play.ts';
import { triage } from './program.ts';
import { repair } from './repair.ts';
import type { Row } from './row.ts';
import { type Score, score } from './score.ts';
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
    if (fault.repairs)
      await tally.prove(`${name}: the program repairs it`, () => repair(play, fault, strongest(fault)));
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

/** With all that it may take to be sure. */
const strongest = (fault: NamedFault): Run => runsOf(fault).at(-1) as Run;

async function ask({ lab, kubectl, profile, tally }: Stage, fault: NamedFault, run: Run): Promise<void> {
  if (run.as === 'oneteam') await letTeamInto(kubectl, fault.namespace);
  const start = performance.now();
  const forgiving = fault.open !== undefined || isBelow(fault, run);
  const { cost, ...answer } = score(wantedOf(fault, run), await triage(lab, fault, run), forgiving);
  const verdict = marked(fault, run, answer.verdict);
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

// A rival that only the nodes could rule out is named as possible until somebody may look there.
const wantedOf = (fault: NamedFault, { expect, ...run }: Run): Expectation =>
  isBelow(fault, { expect, ...run }) ? { ...expect, never: [] } : expect;

const isBelow = ({ proof }: NamedFault, { level }: Run) => proof === 'nodes' && level !== 'node';

/** What a run is worth: silence where nothing could be proven, and a right answer for the wrong reason, are set apart. */
function marked(fault: NamedFault, run: Run, verdict: Score['verdict']): Row['verdict'] {
  const silent = verdict === 'open' || (verdict === 'right' && isBlind(fault, run));
  if (!silent) return verdict;
  return isBelow(fault, run) ? 'below' : 'open';
}

// The flow that can be asked about is sound, the fault lies outside of it: true, and nothing is found.
const isBlind = ({ open, proof, symptom }: NamedFault, { expect }: Run) =>
  (open ?? proof) !== undefined && symptom.fails !== 'never' && expect.result === 'healthy';

const title = ({ as = 'admin', level = 'probe', flags = [] }: Run) => [as, level, ...flags].join(' ');
