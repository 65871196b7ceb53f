import type { Language } from '../../domain/text.js';
import type { Connection, Matrix } from '../../policy/matrix/matrix.js';
import { wordFor } from './reason-text.js';

const marks = { all: '#', none: '.', self: '\\', unknown: '?', more: '+' } as const;
const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

const keyOf = (from: string, to: string) => `${from} ${to}`;

const portsText = (connections: readonly Connection[]) =>
  connections.map(({ protocol, ports }) => (protocol === '*' ? '*' : `${protocol} ${ports}`)).join(', ');

/** What stands in a cell, and what its letters mean. */
const cellsOf = ({ connections, open }: Matrix) => {
  const allowed = new Map(
    [...Map.groupBy(connections, ({ from, to }) => keyOf(from, to))].map(([key, all]) => [key, portsText(all)]),
  );
  const unsure = new Set(open.map(({ from, to }) => keyOf(from, to)));
  const sorts = [...new Set([...allowed.values()].filter((text) => text !== '*'))].sort();
  const letterOf = new Map(sorts.map((text, at) => [text, letters[at] ?? marks.more]));
  const cell = (from: string, to: string): string => {
    if (from === to) return marks.self;
    const key = keyOf(from, to);
    if (unsure.has(key)) return marks.unknown;
    const text = allowed.get(key);
    if (text === undefined) return marks.none;
    return letterOf.get(text) ?? marks.all;
  };
  return { cell, letterOf };
};

const chunks = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size));

/** Rows are sources and columns destinations; who is out of whose reach is seen at a glance. */
export const matrixGrid = (matrix: Matrix, { columns, language }: { columns: number; language: Language }): string => {
  const { peers } = matrix;
  const { cell, letterOf } = cellsOf(matrix);
  const digits = String(peers.length).length;
  const names = peers.map((name, at) => `${String(at + 1).padStart(digits)} ${name}`);
  const width = Math.max(0, ...names.map((name) => name.length));
  const numbered = peers.map((name, at) => ({ name, number: String(at + 1).padStart(digits) }));
  const fitting = Math.max(5, Math.floor((columns - width - 1) / (digits + 1)));
  const blocks = chunks(numbered, fitting).map((destinations) =>
    [
      `${' '.repeat(width)} ${destinations.map(({ number }) => number).join(' ')}`,
      ...peers.map((from, at) => {
        const row = destinations.map(({ name: to }) => cell(from, to).padStart(digits));
        return `${(names[at] ?? '').padEnd(width)} ${row.join(' ')}`;
      }),
    ].join('\n'),
  );
  const legend = [
    wordFor('grid', { ...marks }, language),
    ...[...letterOf].map(([text, letter]) => `  ${letter}  ${text}`),
  ];
  return [...blocks, legend.join('\n')].join('\n\n');
};
