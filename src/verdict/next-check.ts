import type { Elimination } from '../domain/cause.js';
import { separatorOf } from '../domain/doubles.js';
import type { Argument } from './argument.js';
import type { Seen } from './seen.js';

/** Checks whose answer would move this cause: what proves or refutes it, and what tells it from a live rival. */
const telling = ({ id, cause }: Argument, ranked: readonly Argument[]) => {
  const rivals = ranked.filter((other) => other.id !== id);
  return [
    ...[...cause.proves, ...cause.refutes].flat().map(({ step }) => step),
    ...rivals.flatMap((other) => separatorOf(cause, other.id) ?? []),
  ];
};

const mostVoted = (votes: ReadonlyMap<string, number>) =>
  [...votes].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))[0]?.[0];

/** The single check that was not made and would tell most. Before all else the flow itself has to be tried. */
export const nextCheck = (ranked: readonly Argument[], seen: Seen, elimination: Elimination): string | undefined => {
  const open = (check: string) => !seen.looked.some((finding) => finding.check === check);
  const attempts = Object.values(elimination).flatMap((row) => (row.healthy ? Object.keys(row.when) : []));
  const untried = attempts.find((check) => open(check) && seen.latest.some((finding) => finding.check === check));
  if (untried && seen.symptoms.length === 0) return untried;
  const votes = new Map<string, number>();
  ranked.forEach((argument, rank) => {
    for (const check of new Set(telling(argument, ranked).filter(open)))
      votes.set(check, (votes.get(check) ?? 0) + 1 / (rank + 1));
  });
  return mostVoted(votes);
};
