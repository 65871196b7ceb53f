import type { Cause, Elimination, Observation } from '../domain/cause.js';
import type { CauseSurroundings } from './lint-cause.js';
import type { Problem } from './problem.js';

export interface Named {
  readonly id: string;
  readonly cause: Cause;
}

const written = (together: Observation) =>
  together
    .map(({ step, outcome }) => `${step}: ${outcome}`)
    .sort()
    .join(', ');

/** A cause that nothing can speak for would never be named, however true it is. */
const lintSpoken = ({ id, cause }: Named, { elimination, at }: Pick<CauseSurroundings, 'elimination' | 'at'>) => {
  const { proves, supports } = cause;
  const own = proves.length + supports.strong.length + supports.weak.length;
  if (!elimination || own > 0 || Object.values(elimination).some(({ keeps }) => keeps.includes(id))) return [];
  return [at(['title'], 'Nothing speaks for this cause: no step proves or supports it, and no contrast keeps it.')];
};

/** What speaks for a cause while refuting it, seen alone, would make one answer its own contradiction. */
const lintContradiction = ({ proves, supports, refutes }: Cause, at: CauseSurroundings['at']): Problem[] => {
  const against = new Set(refutes.map(written));
  const lists: [PropertyKey[], readonly Observation[]][] = [
    [['proves'], proves],
    [['supports', 'strong'], supports.strong],
    [['supports', 'weak'], supports.weak],
  ];
  return lists.flatMap(([path, list]) =>
    list.flatMap((together, index) =>
      against.has(written(together)) ? [at([...path, index], 'The same is said to refute the cause.')] : [],
    ),
  );
};

export const lintSupport = (
  named: Named,
  around: Readonly<{ elimination: Elimination | undefined; at: CauseSurroundings['at'] }>,
): Problem[] => [...lintSpoken(named, around), ...lintContradiction(named.cause, around.at)];
