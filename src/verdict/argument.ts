import type { Cause, Observation } from '../domain/cause.js';
import type { Finding } from '../domain/finding.js';
import type { Ground } from '../domain/verdict.js';
import { type Seen, seenIn } from './seen.js';

/** What speaks for and against one cause. Each inner list is one observation of its file, as it was found. */
export interface Argument {
  readonly id: string;
  readonly cause: Cause;
  readonly decisive: readonly Finding[][];
  readonly strong: readonly Finding[][];
  readonly weak: readonly Finding[][];
  /** Contrasts that leave this cause standing, and say no more about it. */
  readonly kept: readonly Finding[][];
  readonly refuting: readonly Finding[][];
  /** Observed symptoms, by whether this cause can produce them. */
  readonly explains: readonly string[];
  readonly unexplained: readonly string[];
  /** Best place among the causes an observed contrast keeps; Infinity when none keeps it. */
  readonly place: number;
}

/** What works from a Pod made like the source exonerates nothing that only the source may have. */
const saysNothing = ({ lookAlike, result }: Finding) => lookAlike === true && result === 'pass';

const found = (observations: readonly Observation[], seen: Seen) =>
  observations.flatMap((pairs) => {
    const findings = seenIn(pairs, seen.looked);
    return findings ? [findings] : [];
  });

export const argue = (id: string, cause: Cause, seen: Seen): Argument => {
  const kept = seen.rows.filter(({ row }) => row.keeps.includes(id));
  const explained = new Set([...cause.explains, ...kept.map(({ name }) => name)]);
  const symptoms = seen.symptoms.map(({ name }) => name).sort();
  return {
    id,
    cause,
    decisive: found(cause.proves, seen),
    strong: found(cause.supports.strong, seen),
    weak: found(cause.supports.weak, seen),
    kept: kept.map(({ findings }) => [...findings]),
    refuting: found(cause.refutes, seen).filter((within) => !within.some(saysNothing)),
    explains: symptoms.filter((name) => explained.has(name)),
    unexplained: symptoms.filter((name) => !explained.has(name)),
    place: Math.min(...kept.map(({ row }) => row.keeps.indexOf(id))),
  };
};

/** A refutation beats everything but a mechanism that was seen at work; against that, both are shown. */
export const isRuledOut = ({ decisive, refuting }: Argument) => decisive.length === 0 && refuting.length > 0;

const isSupported = ({ decisive, strong, weak, kept }: Argument) =>
  decisive.length + strong.length + weak.length + kept.length > 0;

export const isCandidate = (argument: Argument) => !isRuledOut(argument) && isSupported(argument);

export const groundsOf = ({ decisive, strong, weak, kept, refuting }: Argument): Ground[] => {
  const lists = { decisive, strong, weak: [...weak, ...kept], refuting };
  const all = (Object.keys(lists) as Ground['weight'][]).flatMap((weight) =>
    lists[weight].flat().map(({ check, node, outcome }) => ({ check, node, outcome, weight })),
  );
  // What proves a cause mostly supports it as well: it speaks once, with its full weight.
  const heaviest = new Map<string, Ground>();
  for (const ground of all) {
    const key = `${ground.node}/${ground.weight === 'refuting'}`;
    if (!heaviest.has(key)) heaviest.set(key, ground);
  }
  return [...heaviest.values()];
};
