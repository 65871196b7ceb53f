import type { PlacePair, Window } from './failing-window.js';

/** How often connects of the window failed. */
export const failing = ({ connects }: Window): number => connects?.failed ?? 0;

/** How far something rose between the readings. A counter that fell was set back, so it tells nothing. */
export const risen = (pair: PlacePair, count: (counters: PlacePair['before']) => number | undefined): number => {
  const [before, after] = [count(pair.before), count(pair.after)];
  return before === undefined || after === undefined ? 0 : Math.max(0, after - before);
};
