import { separatorOf } from '../domain/doubles.js';
import type { Candidate, Certainty } from '../domain/verdict.js';
import type { Argument } from './argument.js';
import type { Seen } from './seen.js';

type Cap = Candidate['capped'][number];
interface Ceiling {
  readonly at: Certainty;
  readonly why: Cap;
}

/** Best first. `confirmed` is only reached after a change, never by weighing. */
export const order: readonly Certainty[] = ['confirmed', 'certain', 'probable', 'possible'];

const isRival = (one: Argument, other: Argument) =>
  separatorOf(one.cause, other.id) !== undefined || separatorOf(other.cause, one.id) !== undefined;

const proven = ({ decisive, refuting }: Argument) => decisive.length > 0 && refuting.length === 0;

/** Two faults at once are normal after manual repairs: what one does not explain, another proven one may. */
const restIsExplained = (argument: Argument, others: readonly Argument[]) =>
  argument.unexplained.every((row) => others.some((other) => proven(other) && other.explains.includes(row)));

const contrastCeiling = (argument: Argument, others: readonly Argument[], seen: Seen): Ceiling | undefined => {
  if (argument.refuting.length > 0) return { at: 'possible', why: 'unexplained-contrast' };
  if (seen.symptoms.length === 0 || argument.unexplained.length === 0) return undefined;
  if (argument.explains.length === 0) return { at: 'possible', why: 'unexplained-contrast' };
  if (restIsExplained(argument, others)) return undefined;
  return { at: argument.decisive.length > 0 ? 'probable' : 'possible', why: 'unexplained-contrast' };
};

const reproductionCeiling = (seen: Seen): Ceiling | undefined => {
  if (seen.symptoms.length > 0) return undefined;
  return { at: seen.answered ? 'possible' : 'probable', why: 'not-reproduced' };
};

const rivalCeiling = (argument: Argument, rivals: readonly Argument[]): Ceiling | undefined =>
  argument.decisive.length === 0 && rivals.some(({ decisive, strong }) => decisive.length + strong.length > 0)
    ? { at: 'possible', why: 'rival' }
    : undefined;

const separatorCeiling = (argument: Argument, rivals: readonly Argument[], seen: Seen): Ceiling | undefined => {
  const separators = rivals.flatMap(({ id, cause }) => [
    separatorOf(argument.cause, id),
    separatorOf(cause, argument.id),
  ]);
  const missing = (check: string) =>
    seen.latest.some((finding) => finding.check === check) && !seen.looked.some((finding) => finding.check === check);
  return separators.some((check) => check !== undefined && missing(check))
    ? { at: 'probable', why: 'separator-not-checked' }
    : undefined;
};

/** How sure one may be of a cause, given all candidates, and what holds it down. */
export const judge = (
  argument: Argument,
  candidates: readonly Argument[],
  seen: Seen,
): Pick<Candidate, 'certainty' | 'capped'> => {
  const { decisive, strong } = argument;
  if (decisive.length + strong.length === 0) return { certainty: 'possible', capped: ['only-weak'] };
  const rivals = candidates.filter((other) => isRival(argument, other));
  const own: Certainty = decisive.length > 0 ? 'certain' : 'probable';
  const lower = [
    contrastCeiling(argument, candidates, seen),
    reproductionCeiling(seen),
    rivalCeiling(argument, rivals),
    separatorCeiling(argument, rivals, seen),
  ].filter((ceiling) => ceiling !== undefined && order.indexOf(ceiling.at) > order.indexOf(own)) as Ceiling[];
  const lowest = Math.max(order.indexOf(own), ...lower.map(({ at }) => order.indexOf(at)));
  return { certainty: order[lowest] ?? 'possible', capped: lower.map(({ why }) => why) };
};
