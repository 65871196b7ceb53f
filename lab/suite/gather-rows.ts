import type { Row } from './row.ts';

const keyOf = ({ fault, profile, run }: Row) => `${fault}/${profile}/${run}`;

export interface Gathered {
  readonly rows: readonly Row[];
  /** Faults that none of the runs has played. */
  readonly missing: readonly string[];
}

/** The rows of several runs as one table: where two have played the same, the later one counts; what is no fault any more is gone. */
export function gatherRows(runs: readonly (readonly Row[])[], faults: readonly { readonly name: string }[]): Gathered {
  const names = new Set(faults.map(({ name }) => name));
  const played = new Map(runs.flat().map((row) => [keyOf(row), row]));
  const rows = [...played.values()].filter(({ fault }) => names.has(fault));
  const seen = new Set(rows.map(({ fault }) => fault));
  return { rows, missing: [...names].filter((name) => !seen.has(name)) };
}
