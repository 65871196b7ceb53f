import { sanitise } from '../clean/sanitise.js';
import { cells, shorten, type Wide } from './cell.js';
import type { Tone } from './theme.js';
import { wrap } from './wrap.js';

/** Text of one look. `cursor` is where, in cells from its start, the terminal's cursor belongs. */
export interface Span {
  readonly text: string;
  readonly tone: Tone;
  readonly cursor?: number;
}
export type Row = readonly Span[];

/** The one gate to the screen: nothing reaches a row that a terminal would obey, and nothing that breaks the line. */
export const plain = (text: string) => sanitise(text).replace(/[\n\t]+/g, ' ');

export const span = (text: string, tone: Tone = 'plain'): Span => ({ text: plain(text), tone });
export const row = (text: string, tone: Tone = 'plain'): Row => [span(text, tone)];
export const blank: Row = [];

export const widthOf = (line: Row, wide: Wide = 1) => line.reduce((sum, { text }) => sum + cells(text, wide), 0);

/** The row cut or filled to exactly `width` cells. */
export const fitted = (line: Row, width: number, wide: Wide = 1): Row => {
  const kept: Span[] = [];
  let left = width;
  for (const part of line) {
    const own = cells(part.text, wide);
    if (left <= 0) break;
    kept.push(own <= left ? part : { ...part, text: shorten(part.text, left, wide) });
    left -= own;
  }
  const missing = width - widthOf(kept, wide);
  return missing > 0 ? [...kept, span(' '.repeat(missing))] : kept;
};

/** Two parts of one row, the second at the right edge. The first gives way. */
export const spread = (left: Row, right: Row, { width, wide }: { width: number; wide: Wide }): Row => {
  const tail = widthOf(right, wide);
  return tail >= width ? fitted(left, width, wide) : [...fitted(left, width - tail, wide), ...right];
};

/** A text on as many rows as it needs, each moved in by `indent` cells. */
export const paragraph = (
  text: string,
  width: number,
  { indent = 0, tone = 'plain', wide = 1 }: { indent?: number; tone?: Tone; wide?: Wide } = {},
): Row[] => wrap(plain(text), width - indent, wide).map((line) => [span(' '.repeat(indent)), span(line, tone)]);

/** A label, and a text that hangs beside it. */
export const hanging = (
  label: Row,
  text: string,
  { width, tone = 'plain', wide = 1 }: { width: number; tone?: Tone; wide?: Wide },
): Row[] => {
  const indent = widthOf(label, wide);
  const [first = '', ...rest] = wrap(plain(text), width - indent, wide);
  return [[...label, span(first, tone)], ...rest.map((line): Row => [span(' '.repeat(indent)), span(line, tone)])];
};

export interface Pane {
  readonly rows: readonly Row[];
  readonly width: number;
}

/** Panes side by side, `height` rows high, with a bar between them. */
export const beside = (panes: readonly Pane[], height: number, { bar, wide }: { bar: string; wide: Wide }): Row[] =>
  Array.from({ length: height }, (_, at) =>
    panes.flatMap((pane, index) => [
      ...(index > 0 ? [span(` ${bar} `)] : []),
      ...fitted(pane.rows[at] ?? blank, pane.width, wide),
    ]),
  );

/** Exactly `height` rows. What does not fit is counted in the last one. */
export const upTo = (rows: readonly Row[], height: number, more: (hidden: number) => Row): Row[] => {
  if (rows.length <= height) return [...rows, ...Array.from({ length: height - rows.length }, () => blank)];
  return height < 1 ? [] : [...rows.slice(0, height - 1), more(rows.length - height + 1)];
};

/** Selected rows are reversed from edge to edge, so that the eye finds them without colour. */
export const selectedRow = (line: Row, width: number, wide: Wide = 1): Row =>
  fitted(line, width, wide).map((part) => ({ ...part, tone: 'selected' as const }));
