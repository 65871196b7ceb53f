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

export function totals(rows: readonly Row[]): string {
  const count = (verdict: Row['verdict']) => rows.filter((row) => row.verdict === verdict).length;
  const faults = new Set(rows.map(({ fault }) => fault)).size;
  return `${rows.length} runs on ${faults} faults and odd clusters: ${count('right')} right, ${count('below')} silent below the level that could prove it, ${count('wrong')} wrong, ${count('open')} open.`;
}
