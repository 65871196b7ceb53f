import { type Profile, playedBy } from '../cluster/profiles.ts';
import type { NamedFault } from '../scenario/find.ts';

/** What is played on one start of a lab. */
export interface Batch {
  profile: Profile;
  /** Faults that do not see each other, played several at a time. */
  together: NamedFault[];
  /** Faults that the whole cluster feels, played one by one. */
  alone: NamedFault[];
  /** Whether the lab's own parts are proved on it as well; true for one batch of each profile. */
  checks: boolean;
}

// A start costs 20 s: enough faults to be worth it, few enough that the lanes end at about the same time.
const MOST_ALONE = 12;

export interface Plan {
  /** May run side by side, each on a lab of its own. */
  batches: Batch[];
  /** Change the machine that all labs share, so they come when no other lab is up. */
  afterwards: Batch[];
}

/** What `lab/vm.ts` and `lab/gateway.ts` play, each names by its profile. */
export function planBatches(faults: readonly NamedFault[], only: readonly Profile[] = playedBy('test:lab')): Plan {
  const cases = faults.flatMap((fault) => (fault.on ?? ['plain']).map((profile) => ({ profile, fault })));
  const wanted = cases.filter(({ profile }) => only.includes(profile));
  const byProfile = Map.groupBy(wanted, ({ profile }) => profile);
  const plan: Plan = { batches: [], afterwards: [] };
  for (const [profile, members] of byProfile) {
    const of = (disturbs?: string) =>
      members.filter(({ fault }) => fault.disturbs === disturbs).map(({ fault }) => fault);
    plan.batches.push(...split(profile, { together: of(), alone: of('cluster') }));
    const ofMachine = of('machine');
    if (ofMachine.length > 0) plan.afterwards.push({ profile, together: [], alone: ofMachine, checks: false });
  }
  return { ...plan, batches: plan.batches.toSorted((a, b) => size(b) - size(a)) };
}

function split(profile: Profile, { together, alone }: Pick<Batch, 'together' | 'alone'>): Batch[] {
  const count = Math.max(1, Math.ceil(alone.length / MOST_ALONE));
  const share = Math.ceil(alone.length / count);
  return Array.from({ length: count }, (_, at) => ({
    profile,
    together: at === 0 ? together : [],
    alone: alone.slice(at * share, (at + 1) * share),
    checks: at === 0,
  })).filter((batch) => size(batch) > 0);
}

const size = ({ together, alone }: Pick<Batch, 'together' | 'alone'>) => together.length / 3 + alone.length;
