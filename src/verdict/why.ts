import type { Causes } from '../domain/cause.js';
import { doublesOf } from '../domain/doubles.js';
import { type Merged, merged } from '../domain/merged.js';
import type { Standing, Together, Wanted, Why } from '../domain/why.js';
import { type Argument, groundsOf, isCandidate, isRuledOut } from './argument.js';
import type { Seen } from './seen.js';
import { turnOf } from './turn.js';
import { type Findings, weighAll } from './weigh.js';

const wantedIn = ({ looked, latest }: Seen, { step, outcomes }: Merged): Wanted => {
  const seen = looked.find((finding) => finding.check === step && outcomes.includes(finding.outcome));
  return {
    ...{ step, outcomes, isSeen: seen !== undefined },
    finding: seen ?? latest.findLast((finding) => finding.check === step),
  };
};

/** How much of a proof is there, less what spoke otherwise. */
const nearness = (proof: readonly Wanted[]) =>
  proof.reduce((sum, { isSeen, finding }) => sum + (isSeen ? 1 : finding ? -1 : 0), 0) / proof.length;

const wantedFor = ({ cause, decisive, strong }: Argument, seen: Seen) => {
  const lists =
    cause.proves.length > 0 ? { has: decisive, of: cause.proves } : { has: strong, of: cause.supports.strong };
  if (lists.has.length > 0) return [];
  return merged(lists.of)
    .map((proof) => proof.map((one) => wantedIn(seen, one)))
    .toSorted((a, b) => nearness(b) - nearness(a));
};

const standingOf = (argument: Argument, certainty: Standing | undefined): Standing => {
  if (certainty) return certainty;
  if (isRuledOut(argument)) return 'ruled-out';
  return isCandidate(argument) ? 'accounted' : 'unsupported';
};

const togetherWith = (id: string, named: readonly Argument[], causes: Causes): Together[] =>
  [...doublesOf(id, causes)].flatMap(([other, how]) =>
    typeof how !== 'string' && named.some((one) => one.id === other) ? [{ id: other, how }] : [],
  );

/** Why one cause is believed or not, or each that is worth naming, best first. Empty for an id that nobody wrote. */
export const whys = (trail: Findings, asked?: string): Why[] => {
  const { seen, all, ranked } = weighAll(trail);
  const named = ranked.map(({ argument }) => argument);
  const about = asked === undefined ? named : all.filter(({ id }) => id === asked);
  return about.map((argument) => {
    const judged = ranked.find((one) => one.argument.id === argument.id);
    const turn = turnOf(argument, { seen, ranked: named, elimination: trail.elimination });
    return {
      id: argument.id,
      standing: standingOf(argument, judged?.certainty),
      capped: judged?.capped ?? [],
      grounds: groundsOf(argument),
      unexplained: argument.unexplained,
      wanted: wantedFor(argument, seen),
      together: togetherWith(argument.id, named, trail.causes),
      ...(turn ? { turn } : {}),
    };
  });
};
