import type { Row } from '../row.js';
import { type Style, styleOf, type ThemeName } from '../theme.js';

const colors = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

const colorCode = (color: string) => {
  const bright = color.endsWith('Bright');
  return String((bright ? 90 : 30) + colors.indexOf(color.replace(/Bright$/, '')));
};

const codesOf = ({ color, bold, underline, inverse }: Style) => [
  ...(bold ? ['1'] : []),
  ...(underline ? ['4'] : []),
  ...(inverse ? ['7'] : []),
  ...(color ? [colorCode(color)] : []),
];

/** A row as a terminal draws it. Its text has passed the gate of `span`, so these are its only control sequences. */
export const ansiRow = (row: Row, theme: ThemeName): string =>
  row
    .map(({ text, tone }) => {
      const codes = codesOf(styleOf(theme, tone));
      return codes.length > 0 ? `\u001b[${codes.join(';')}m${text}\u001b[0m` : text;
    })
    .join('');
