import { Text } from 'ink';
import { memo } from 'react';
import { type Row, span } from '../row.js';
import { styleOf, type ThemeName } from '../theme.js';

interface LineProps {
  readonly row: Row;
  readonly theme: ThemeName;
}

/** Neighbours of one look are one text: a frame costs by the number of its texts. */
const merged = (row: Row): Row => {
  const parts: Row[number][] = [];
  for (const { text, tone } of row) {
    const before = parts.at(-1);
    if (before?.tone === tone) parts[parts.length - 1] = { text: before.text + text, tone };
    else parts.push({ text, tone });
  }
  return parts.length === 0 ? [span(' ')] : parts;
};

const isSame = (before: LineProps, after: LineProps) =>
  before.theme === after.theme &&
  before.row.length === after.row.length &&
  before.row.every(({ text, tone }, at) => text === after.row[at]?.text && tone === after.row[at]?.tone);

/** One row of the screen. A row that says what it said before is not drawn again. */
export const Line = memo(
  ({ row, theme }: LineProps) => (
    <Text wrap="truncate-end">
      {merged(row).map(({ text, tone }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a span is its place in the row
        <Text key={at} {...styleOf(theme, tone)}>
          {text}
        </Text>
      ))}
    </Text>
  ),
  isSame,
);
