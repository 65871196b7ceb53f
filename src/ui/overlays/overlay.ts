import { bodyHeight } from '../frame.js';
import { type Row, row, span, spread, upTo } from '../row.js';
import { remedyRows } from '../screens/remedy.js';
import type { OverlayName } from '../state.js';
import type { View } from '../view.js';
import { evidenceRows, whyRows } from './check.js';
import { copyRows, noteRows, overrideRows, paletteRows } from './dialogs.js';
import { helpRows } from './help.js';
import { commandsRows, treeRows } from './session.js';

const rowsOf = {
  help: helpRows,
  why: whyRows,
  evidence: evidenceRows,
  tree: treeRows,
  commands: commandsRows,
  remedy: remedyRows,
  copy: copyRows,
  note: noteRows,
  override: overrideRows,
  palette: paletteRows,
} satisfies Record<OverlayName, (view: View, width: number) => Row[]>;

/** The rows that hold the words of the filter. */
export const matching = ({ ui }: View, rows: readonly Row[]): readonly Row[] => {
  const wanted = ui.filter.toLowerCase();
  if (wanted === '') return rows;
  return rows.filter((line) =>
    line
      .map(({ text }) => text)
      .join('')
      .toLowerCase()
      .includes(wanted),
  );
};

/** All rows of what lies over the screen. */
export const overlayRows = (view: View): readonly Row[] => {
  const { overlay } = view.ui;
  return overlay ? matching(view, rowsOf[overlay](view, view.size.columns - 2)) : [];
};

export const overlayTitle = (view: View): Row[] => {
  const { overlay, filter } = view.ui;
  const close = view.say('ui.overlay.close');
  const name = filter === '' ? view.say(`ui.overlay.${overlay}`) : `${view.say(`ui.overlay.${overlay}`)}  / ${filter}`;
  return [
    spread([span(` ${name}`, 'strong')], [span(`${close} `)], { width: view.size.columns, wide: view.appearance.wide }),
  ];
};

/** How far a text can be scrolled until its last row is in sight. */
export const scrollEnd = (view: View, rows: readonly Row[]) => Math.max(0, rows.length - bodyHeight(view, 1));

/** The window of a long text; what lies below it is counted. */
export const scrolled = (view: View, rows: readonly Row[], height: number): Row[] =>
  upTo(rows.slice(Math.min(view.ui.scroll, scrollEnd(view, rows))), height, (hidden) =>
    row(` ${view.say('ui.more', { count: hidden })}`),
  );
