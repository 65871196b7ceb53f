import { bodyHeight } from '../frame.js';
import { type Row, row, span, spread, upTo } from '../row.js';
import { pathOverlay } from '../screens/path.js';
import { remedyRows } from '../screens/remedy.js';
import type { OverlayName } from '../state.js';
import { screenOf, type View } from '../view.js';
import { becauseRows } from './because.js';
import { evidenceRows, whyRows } from './check.js';
import { confirmRows, copyRows, noteRows, overrideRows, paletteRows } from './dialogs.js';
import { helpRows } from './help.js';
import { commandsRows, treeRows } from './session.js';

const rowsOf = {
  help: helpRows,
  why: whyRows,
  because: becauseRows,
  evidence: evidenceRows,
  tree: treeRows,
  path: pathOverlay,
  commands: commandsRows,
  remedy: remedyRows,
  copy: copyRows,
  note: noteRows,
  override: overrideRows,
  confirm: confirmRows,
  palette: paletteRows,
} satisfies Record<OverlayName, (view: View, width: number) => Row[]>;

const longTexts = new Set<OverlayName>(['why', 'because', 'evidence', 'tree', 'path', 'commands', 'remedy']);

/** In a text the words are looked for; a list shows only what holds them. */
export const isLongText = ({ ui, look }: View) =>
  ui.overlay ? longTexts.has(ui.overlay) : screenOf(look) === 'verdict';

const holds = (line: Row, wanted: string) =>
  line
    .map(({ text }) => text)
    .join('')
    .toLowerCase()
    .includes(wanted);

/** Places of the rows that hold the words of the filter. */
export const matchesIn = ({ ui }: View, rows: readonly Row[]): number[] =>
  rows.flatMap((line, at) => (holds(line, ui.filter.toLowerCase()) ? [at] : []));

/** The rows that hold the words of the filter; of a text all, with those marked. */
export const matching = (view: View, rows: readonly Row[]): readonly Row[] => {
  if (view.ui.filter === '') return rows;
  const places = matchesIn(view, rows);
  if (!isLongText(view)) return places.flatMap((at) => [rows[at] ?? []]);
  const marked = new Set(places);
  return rows.map((line, at) => {
    if (!marked.has(at)) return line;
    return line.map((part) => ({ ...part, tone: at === view.ui.found ? ('selected' as const) : ('strong' as const) }));
  });
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
