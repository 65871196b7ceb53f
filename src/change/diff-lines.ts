import { stringify } from 'yaml';
import type { JsonObject } from '../domain/json.js';

const linesOf = (value: JsonObject | null) =>
  value === null || Object.keys(value).length === 0 ? [] : stringify(value, { lineWidth: 0 }).trimEnd().split('\n');

/** How many lines the ends of two texts have in common, from every pair of places. */
const commonAfter = (left: readonly string[], right: readonly string[]) => {
  const table = Array.from({ length: left.length + 1 }, () => new Array<number>(right.length + 1).fill(0));
  const at = (row: number, column: number) => table[row]?.[column] ?? 0;
  for (let row = left.length - 1; row >= 0; row -= 1)
    for (let column = right.length - 1; column >= 0; column -= 1) {
      const same = left[row] === right[column];
      const best = same ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
      (table[row] as number[])[column] = best;
    }
  return at;
};

// A ConfigMap may hold a whole file; nobody reads more on a terminal, and the table grows with the square.
const most = 400;

/** Two values as YAML, line by line: ` ` stays, `-` goes, `+` comes. Null is an object that is not there. */
export const diffLines = (before: JsonObject | null, after: JsonObject | null): string[] => {
  const [left, right] = [linesOf(before).slice(0, most), linesOf(after).slice(0, most)];
  const at = commonAfter(left, right);
  const lines: string[] = [];
  let [row, column] = [0, 0];
  while (row < left.length || column < right.length) {
    const [old, now] = [left[row], right[column]];
    if (old !== undefined && old === now) {
      lines.push(`  ${old}`);
      row += 1;
      column += 1;
    } else if (old !== undefined && (now === undefined || at(row + 1, column) >= at(row, column + 1))) {
      lines.push(`- ${old}`);
      row += 1;
    } else {
      lines.push(`+ ${now}`);
      column += 1;
    }
  }
  return lines;
};
