import stringWidth from 'string-width';

/** Cells that a character of ambiguous width takes in this terminal. */
export type Wide = 1 | 2;

const printable = /^[\x20-\x7e]*$/;
const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Widths of texts that are not plain ASCII: from one frame to the next nearly all of them are the same. */
const measured = { 1: new Map<string, number>(), 2: new Map<string, number>() };
const mostMeasured = 4000;

const measure = (text: string, wide: Wide): number => {
  const known = measured[wide].get(text);
  if (known !== undefined) return known;
  const width = stringWidth(text, { ambiguousIsNarrow: wide === 1 });
  if (measured[wide].size >= mostMeasured) measured[wide].clear();
  measured[wide].set(text, width);
  return width;
};

/** How many cells of the screen a text takes. The only measure of text there is. */
export const cells = (text: string, wide: Wide = 1): number =>
  printable.test(text) ? text.length : measure(text, wide);

export const graphemes = (text: string): string[] => [...segmenter.segment(text)].map(({ segment }) => segment);

/** As much of the text as fits; a wide character that would be cut in half is left out. */
export const clip = (text: string, width: number, wide: Wide = 1): string => {
  if (cells(text, wide) <= width) return text;
  let kept = '';
  let used = 0;
  for (const grapheme of graphemes(text)) {
    used += cells(grapheme, wide);
    if (used > width) break;
    kept += grapheme;
  }
  return kept;
};

/** The same, and what was cut is said by two dots. */
export const shorten = (text: string, width: number, wide: Wide = 1): string =>
  cells(text, wide) <= width
    ? text
    : width < 3
      ? clip(text, width, wide)
      : `${clip(text, width - 2, wide).trimEnd()}..`;

const gap = (count: number) => ' '.repeat(Math.max(0, count));

export const padded = (text: string, width: number, wide: Wide = 1): string => {
  const kept = shorten(text, width, wide);
  return kept + gap(width - cells(kept, wide));
};

export const paddedLeft = (text: string, width: number, wide: Wide = 1): string =>
  gap(width - cells(text, wide)) + text;
