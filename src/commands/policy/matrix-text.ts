import type { Connection } from '../../policy/matrix/matrix.js';

const columns = ['from', 'to', 'protocol', 'ports'] as const satisfies readonly (keyof Connection)[];

const table = (connections: readonly Connection[]): string => {
  const rows = [
    columns.map((column) => column.toUpperCase()),
    ...connections.map((one) => columns.map((column) => one[column])),
  ];
  const widths = columns.map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};

/** Quoted where it has to be; a quote inside is doubled (RFC 4180). */
const field = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const csv = (connections: readonly Connection[]): string =>
  [columns.join(','), ...connections.map((one) => columns.map((column) => field(one[column])).join(','))].join('\n');

const quoted = (text: string) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

const label = ({ protocol, ports }: Connection) => (protocol === '*' ? 'all' : `${protocol} ${ports}`);

/** One edge per pair, for Graphviz. */
const dot = (connections: readonly Connection[]): string => {
  const names = [...new Set(connections.flatMap(({ from, to }) => [from, to]))].sort();
  const pairs = [...Map.groupBy(connections, ({ from, to }) => `${quoted(from)} -> ${quoted(to)}`)];
  return [
    'digraph policy {',
    ...names.map((name) => `  ${quoted(name)};`),
    ...pairs.map(([pair, edges]) => `  ${pair} [label=${quoted(edges.map(label).join(', '))}];`),
    '}',
  ].join('\n');
};

export const matrixWriters = { table, csv, dot } as const;
export type MatrixFormat = keyof typeof matrixWriters;
