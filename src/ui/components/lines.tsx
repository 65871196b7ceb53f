import { Box, useCursor } from 'ink';
import { cells } from '../cell.js';
import type { Appearance } from '../props.js';
import type { Row } from '../row.js';
import { Line } from './line.js';

const cursorIn = (rows: readonly Row[], { wide }: Appearance) => {
  for (const [y, line] of rows.entries()) {
    let x = 0;
    for (const part of line) {
      if (part.cursor !== undefined) return { x: x + part.cursor, y };
      x += cells(part.text, wide);
    }
  }
  return undefined;
};

/** Rows as they are. The terminal's own cursor stands in the text field, where an input method looks for it. */
export const Lines = ({ rows, appearance }: { rows: readonly Row[]; appearance: Appearance }) => {
  const { setCursorPosition } = useCursor();
  setCursorPosition(cursorIn(rows, appearance));
  return (
    <Box flexDirection="column">
      {rows.map((line, y) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place on the screen
        <Line key={y} row={line} theme={appearance.theme} />
      ))}
    </Box>
  );
};
