import type { Elimination, Observation } from '../domain/cause.js';
import { separatorOf } from '../domain/doubles.js';
import type { Turn } from '../domain/why.js';
import { type Argument, isRuledOut } from './argument.js';
import type { Seen } from './seen.js';

interface Around {
  readonly seen: Seen;
  readonly ranked: readonly Argument[];
  readonly elimination: Elimination;
}

const hasLooked = ({ looked }: Seen, check: string) => looked.some((finding) => finding.check === check);

/** It could still be made: it has not answered, and not because it does not apply here. */
const isOpen = (seen: Seen, check: string) =>
  !hasLooked(seen, check) &&
  !seen.latest.some((finding) => finding.check === check && finding.reason?.code === 'flow-unfit');

/** Checks of observations that nothing seen has made impossible; those that lack the least come first. */
const missing = (observations: readonly Observation[], seen: Seen): string[] =>
  observations
    .filter((pairs) =>
      pairs.every(
        ({ step, outcome }) =>
          isOpen(seen, step) || seen.looked.some((finding) => finding.check === step && finding.outcome === outcome),
      ),
    )
    .map((pairs) => pairs.map(({ step }) => step).filter((step) => !hasLooked(seen, step)))
    .filter((steps) => steps.length > 0)
    .toSorted((a, b) => a.length - b.length)
    .flat();

/** What was tried and could not look is nearer than what the walk never came to. */
const nearest = (checks: readonly string[], { latest }: Seen) =>
  checks.find((check) => latest.some((finding) => finding.check === check)) ?? checks[0];

const turning = (how: Turn['how'], check: string | undefined): Turn | undefined =>
  check === undefined ? undefined : { check, how };

const trying = ({ seen, elimination }: Around): Turn | undefined => {
  if (seen.symptoms.length > 0) return undefined;
  const attempts = Object.values(elimination).flatMap((row) => (row.healthy ? Object.keys(row.when) : []));
  const tried = attempts.filter((check) => seen.latest.some((finding) => finding.check === check));
  return turning(
    'tries',
    tried.find((check) => isOpen(seen, check)),
  );
};

const separating = ({ id, cause }: Argument, { seen, ranked }: Around): Turn | undefined =>
  ranked
    .filter((other) => other.id !== id)
    .flatMap((other) =>
      [separatorOf(cause, other.id), separatorOf(other.cause, id)].flatMap((check): Turn[] =>
        check && isOpen(seen, check) ? [{ check, how: 'separates', rival: other.id }] : [],
      ),
    )
    .at(0);

const proving = ({ cause, decisive, strong }: Argument, { seen }: Around): Turn | undefined => {
  if (decisive.length > 0) return undefined;
  const proof = turning('proves', nearest(missing(cause.proves, seen), seen));
  if (proof || strong.length > 0) return proof;
  return turning('supports', nearest(missing(cause.supports.strong, seen), seen));
};

const again = (findings: Argument['decisive']): Turn | undefined => turning('again', findings[0]?.[0]?.check);

/** The single check that would move this cause most, with the reason; nothing where none is left that could. */
export const turnOf = (argument: Argument, around: Around): Turn | undefined => {
  const { cause, decisive, strong, weak, kept, refuting } = argument;
  if (isRuledOut(argument)) return again(refuting);
  const isSpokenFor = decisive.length + strong.length + weak.length + kept.length > 0;
  if (!isSpokenFor) return proving(argument, around);
  return (
    trying(around) ??
    separating(argument, around) ??
    proving(argument, around) ??
    turning('refutes', nearest(missing(cause.refutes, around.seen), around.seen)) ??
    again([...decisive, ...strong, ...weak, ...kept])
  );
};
