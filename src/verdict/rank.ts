import type { Certainty } from '../domain/verdict.js';
import type { Argument } from './argument.js';
import { order } from './certainty.js';

export interface Judged {
  readonly argument: Argument;
  readonly certainty: Certainty;
}

/** Smaller is better in every place; the first place that differs decides. */
const rankOf = ({ argument, certainty }: Judged) => [
  order.indexOf(certainty),
  -argument.decisive.length,
  -argument.explains.length,
  -argument.strong.length,
  -argument.weak.length,
  argument.place,
  argument.cause.prior,
];

export const bestFirst = (a: Judged, b: Judged): number => {
  const other = rankOf(b);
  const differs = rankOf(a)
    .map((value, index) => [value, other[index] ?? value] as const)
    .find(([mine, yours]) => mine !== yours);
  if (differs) return differs[0] < differs[1] ? -1 : 1;
  return a.argument.id < b.argument.id ? -1 : 1;
};
