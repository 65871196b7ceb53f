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

/**
 * A shell line on several rows that a shell would still read as one: every row but the last ends with a backslash.
 * An argument that is wider than a row goes on at the left edge, where the backslash joins it without a blank.
 */
export const wrapCommand = (command: string, width: number, wide: Wide = 1): string[] =>
  command.split('\n').flatMap((whole) => {
    const lines: string[] = [];
    let line = '';
    for (const word of whole.trim().split(/\s+/)) {
      const next = line === '' ? word : `${line} ${word}`;
      if (cells(next, wide) <= width - 2) {
        line = next;
        continue;
      }
      if (line !== '') lines.push(`${line} \\`);
      const isLong = cells(`  ${word}`, wide) > width - 2;
      const parts = isLong ? hardBreak(word, width - 2, wide) : [`  ${word}`];
      line = parts.pop() ?? '';
      lines.push(...parts.map((part) => `${part}\\`));
    }
    return [...lines, line];
  });
