import type { Row } from './row.ts';

const HEAD = ['Fault', 'Cluster', 'Run', 'Is', 'Answer', 'Certainty', '', 's', 'Requests', 'KB', 'Commands'];

/** The rows as Markdown, sorted, so that two runs can be compared line by line. */
export function markdown(rows: readonly Row[]): string {
  const lines = rows
    .toSorted((a, b) => keyOf(a).localeCompare(keyOf(b)))
    .map((row) => [
      row.fault,
      row.profile,
      row.run,
      row.expected,
      row.top || row.result,
      row.certainty,
      row.open ? `open: ${row.open}` : row.verdict,
      row.seconds.toFixed(1),
      String(row.requests),
      (row.bytes / 1024).toFixed(0),
      String(row.commands),
    ]);
  return [HEAD, HEAD.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const keyOf = ({ fault, profile, run }: Row) => `${fault}/${profile}/${run}`;

const VERDICTS = ['right', 'wrong', 'below'] as const;

const OPEN = 'open: ';

function rowOf(line: string): Row {
  const cells = line.slice(2, -2).split(' | ');
  const text = (column: number) => cells[column] ?? '';
  const number = (column: number) => Number(cells[column] ?? 0);
  const verdict = text(6);
  return {
    ...{ fault: text(0), profile: text(1), run: text(2), expected: text(3) },
    ...{ result: text(4), top: text(4), certainty: text(5), notes: [] },
    ...{ verdict: VERDICTS.find((one) => one === verdict) ?? 'open' },
    ...{ open: verdict.startsWith(OPEN) ? verdict.slice(OPEN.length) : '' },
    ...{ seconds: number(7), requests: number(8), bytes: number(9) * 1024, commands: number(10) },
  };
}

/** The rows of a table that `markdown` has made, so far as it shows them: a fault that is not played again keeps its own. */
export function rowsIn(page: string): Row[] {
  const lines = page.split('\n').filter((line) => line.startsWith('| '));
  return lines.slice(2).map(rowOf);
}

export function totals(rows: readonly Row[]): string {
  const count = (verdict: Row['verdict']) => rows.filter((row) => row.verdict === verdict).length;
  const faults = new Set(rows.map(({ fault }) => fault)).size;
  return `${rows.length} runs on ${faults} faults and odd clusters: ${count('right')} right, ${count('below')} silent below the level that could prove it, ${count('wrong')} wrong, ${count('open')} open.`;
}
