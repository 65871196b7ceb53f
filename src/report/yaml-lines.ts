import { type Document, isMap, isScalar, isSeq, type LineCounter, type Node } from 'yaml';

/** The way to a field: names of keys, numbers of items. */
export type YamlPath = readonly (string | number)[];

/** From 1; the last one belongs to it. */
export interface Lines {
  readonly first: number;
  readonly last: number;
}

interface Spot {
  readonly node: unknown;
  readonly from: number | undefined;
}

const rangeOf = (node: unknown) => (node as Node | null | undefined)?.range;

/** The value of a key and where the key stands; for an item of a list where the item does. */
const step = (node: unknown, part: string | number): Spot | undefined => {
  if (isSeq(node)) {
    const item = node.items[Number(part)];
    return item === undefined ? undefined : { node: item, from: rangeOf(item)?.[0] };
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
  return pair && { node: pair.value, from: rangeOf(pair.key)?.[0] };
};

const lastLine = (end: number, lines: LineCounter) => {
  const { line, col } = lines.linePos(end);
  // A block ends where the next line begins.
  return col === 1 && line > 1 ? line - 1 : line;
};

/** The lines of a field, or of the nearest thing around it that is there. */
export const linesIn = (document: Document.Parsed | undefined, path: YamlPath, lines: LineCounter): Lines => {
  let spot: Spot = { node: document?.contents, from: rangeOf(document?.contents)?.[0] };
  for (const part of path) {
    const next = step(spot.node, part);
    if (!next) break;
    spot = { node: next.node, from: next.from ?? spot.from };
  }
  const { line: first } = lines.linePos(spot.from ?? 0);
  const end = rangeOf(spot.node)?.[1];
  return { first, last: end === undefined ? first : Math.max(first, lastLine(end, lines)) };
};

export interface MarkedLine {
  readonly number: number;
  readonly text: string;
  readonly marked: boolean;
}

const around = 2;
const most = 12;

/** Some lines and a few around them, no more than a person reads at a glance. */
export const excerpt = (text: string, { first, last }: Lines): MarkedLine[] => {
  const all = text.trimEnd().split('\n');
  const until = Math.min(last, first + most - 1);
  const start = Math.max(1, first - around);
  const end = until < last ? until : Math.min(all.length, last + 1);
  const shown = all.slice(start - 1, end).map((line, at) => ({
    number: start + at,
    text: line.replace('\r', ''),
    marked: start + at >= first && start + at <= until,
  }));
  return until < last ? [...shown, { number: until + 1, text: '...', marked: true }] : shown;
};
