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

/** All rows of what lies over the screen; a filter leaves those that hold its words. */
export const overlayRows = (view: View): Row[] => {
  const { overlay, filter } = view.ui;
  if (!overlay) return [];
  const rows = rowsOf[overlay](view, view.size.columns - 2);
  if (filter === '') return rows;
  const wanted = filter.toLowerCase();
  return rows.filter((line) =>
    line
      .map(({ text }) => text)
      .join('')
      .toLowerCase()
      .includes(wanted),
  );
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
