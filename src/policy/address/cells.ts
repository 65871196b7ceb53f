import type { Family } from './address.js';
import { everything, type Range } from './range.js';

const compare = (one: bigint, other: bigint) => (one < other ? -1 : one > other ? 1 : 0);

/**
 * The whole address space of a family, cut wherever one of the ranges begins or ends: inside one cell no range
 * tells one address from another.
 */
export const cells = (family: Family, ranges: readonly Range[]): Range[] => {
  const { last } = everything(family);
  const starts = new Set([0n]);
  for (const range of ranges) {
    if (range.family !== family) continue;
    starts.add(range.first);
    if (range.last < last) starts.add(range.last + 1n);
  }
  const sorted = [...starts].sort(compare);
  return sorted.map((first, index) => ({ family, first, last: (sorted[index + 1] ?? last + 1n) - 1n }));
};
