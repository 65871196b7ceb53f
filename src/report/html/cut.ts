import stringWidth from 'string-width';

/** SVG does not break lines: what is wider than so many cells ends in dots. */
export const cut = (text: string, most: number) => {
  if (stringWidth(text) <= most) return text;
  const kept: string[] = [];
  let cells = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    cells += stringWidth(segment);
    if (cells > most - 3) break;
    kept.push(segment);
  }
  return `${kept.join('')}...`;
};
