import type { Observation } from './cause.js';

/** One step, and the outcomes of it that say the same beside the others of a list. */
export interface Merged {
  readonly step: string;
  readonly outcomes: readonly string[];
}
type Together = readonly Merged[];

const stepsOf = (together: Together) => together.map(({ step }) => step).join(' ');

/** Where two lists differ in the outcomes of one step alone: its place. */
const differingPlace = (one: Together, other: Together): number | undefined => {
  if (stepsOf(one) !== stepsOf(other)) return undefined;
  const places = one.flatMap(({ outcomes }, at) => (outcomes.join() === other[at]?.outcomes.join() ? [] : [at]));
  return places.length === 1 ? places[0] : undefined;
};

const joined = (one: Together, other: Together): Together => {
  const place = differingPlace(one, other);
  const both = (at: number) => [...new Set([one, other].flatMap((list) => list[at]?.outcomes ?? []))];
  return one.map((item, at) => (at === place ? { step: item.step, outcomes: both(at) } : item));
};

const once = (lists: readonly Together[]): Together[] => {
  const left: Together[] = [];
  for (const list of lists) {
    const at = left.findIndex((other) => differingPlace(other, list) !== undefined);
    if (left[at]) left[at] = joined(left[at], list);
    else left.push(list);
  }
  return left;
};

/** Alternatives as people would write them: those that differ in the outcomes of one step become one. */
export const merged = (items: readonly Observation[]): Together[] => {
  let lists = items.map((item): Together => item.map(({ step, outcome }) => ({ step, outcomes: [outcome] })));
  for (let before = -1; before !== lists.length; ) {
    before = lists.length;
    lists = once(lists);
  }
  return lists;
};
