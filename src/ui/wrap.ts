import { cells, clip, type Wide } from './cell.js';

// A wide character may stand alone at the end of a line; punctuation stays with what it follows.
const piece = /\s+|[\u1100-\uffdc][,.:;?)\]]*|[^\s\u1100-\uffdc]+/gu;

/** Parts no wider than `width`, for a word that no line can hold. */
const hardBreak = (text: string, width: number, wide: Wide): string[] => {
  const parts: string[] = [];
  for (let rest = text; rest !== ''; ) {
    const part = clip(rest, width, wide) || rest.slice(0, 1);
    parts.push(part);
    rest = rest.slice(part.length);
  }
  return parts;
};

/** Lines of at most `width` cells, broken between words, or anywhere between wide characters. */
export const wrap = (text: string, width: number, wide: Wide = 1): string[] => {
  const limit = Math.max(2, width);
  const lines: string[] = [];
  let line = '';
  for (const word of text.match(piece) ?? []) {
    if (cells(line + word.trimEnd(), wide) <= limit) {
      line += line === '' ? word.trimStart() : word;
      continue;
    }
    if (line.trim() !== '') lines.push(line.trimEnd());
    const parts = hardBreak(word.trimStart(), limit, wide);
    line = parts.pop() ?? '';
    lines.push(...parts);
  }
  return [...lines, ...(line.trim() === '' ? [] : [line.trimEnd()])];
};

/** A shell line on several rows that a shell would still read as one: every row but the last ends with a backslash. */
export const wrapCommand = (command: string, width: number, wide: Wide = 1): string[] =>
  command.split('\n').flatMap((whole) => {
    const lines: string[] = [];
    let line = '';
    for (const word of whole.trim().split(/\s+/)) {
      const next = line === '' ? word : `${line} ${word}`;
      if (line.trim() !== '' && cells(next, wide) > width - 2) {
        lines.push(`${line} \\`);
        line = `  ${word}`;
      } else line = next;
    }
    return [...lines, line].flatMap((row) => breakRow(row, width, wide));
  });

/** One argument that is wider than the row goes on at the left edge, where a backslash joins it without a blank. */
const breakRow = (row: string, width: number, wide: Wide): string[] =>
  cells(row, wide) <= width ? [row] : hardBreak(row, width - 1, wide).map((part, at, all) => (at < all.length - 1 ? `${part}\\` : part));
