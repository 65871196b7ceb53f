import type { ReportInput } from '../catalog.js';
import { pathDrawing } from '../path-drawing.js';
import { plain } from '../plain.js';
import { text } from './page.js';

/** The drawing of the last trace, as it stands in a terminal. */
export const tracedPath = (input: ReportInput): string[] => {
  const drawings = input.session.findings
    .map(({ facts }) => pathDrawing(input, facts))
    .filter(({ length }) => length > 0);
  const lines = drawings.at(-1) ?? [];
  // Four spaces make it code: what a device is called cannot end that, as it could end a fence.
  return lines.length === 0
    ? []
    : [`${text(input, 'path.heading')}:`, lines.map((line) => `    ${plain(line)}`).join('\n')];
};
