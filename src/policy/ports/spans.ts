/** Sorted, disjoint, not touching: `[[80, 80], [8000, 9000]]`. */
export type Spans = readonly (readonly [number, number])[];

export const unite = (one: Spans, other: Spans): Spans => {
  if (one.length === 0) return other;
  if (other.length === 0) return one;
  const result: [number, number][] = [];
  for (const [first, last] of [...one, ...other].sort((a, b) => a[0] - b[0])) {
    const before = result.at(-1);
    if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else result.push([first, last]);
  }
  return result;
};

export const intersect = (one: Spans, other: Spans): Spans => {
  const result: [number, number][] = [];
  let [left, right] = [0, 0];
  for (;;) {
    const [a, b] = [one[left], other[right]];
    if (!a || !b) return result;
    const [first, last] = [Math.max(a[0], b[0]), Math.min(a[1], b[1])];
    if (first <= last) result.push([first, last]);
    if (a[1] < b[1]) left += 1;
    else right += 1;
  }
};

export const without = (one: Spans, other: Spans): Spans => {
  if (other.length === 0) return one;
  return one.flatMap(([first, last]) => {
    const rest: [number, number][] = [];
    let from = first;
    for (const [start, end] of other) {
      if (end < from || start > last) continue;
      if (start > from) rest.push([from, start - 1]);
      from = end + 1;
    }
    if (from <= last) rest.push([from, last]);
    return rest;
  });
};

export const contains = (spans: Spans, number: number): boolean =>
  spans.some(([first, last]) => first <= number && number <= last);

/** `80,443,8000-9000` */
export const writeSpans = (spans: Spans): string =>
  spans.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(',');
