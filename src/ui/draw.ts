import { fieldSpan } from './field.js';
import { footerRow, isList } from './footer.js';
import { frame, type Parts } from './frame.js';
import { overlayRows, overlayTitle, scrolled } from './overlays/overlay.js';
import { type Row, span } from './row.js';
import { tooSmallRows } from './screens/too-small.js';
import { isTooSmall, type View } from './view.js';

/** What a screen puts into the frame. */
export type Screen = (view: View) => Omit<Parts, 'footer'>;

/** The row in sight that is chosen stays in sight. */
const withChosen = (view: View, rows: readonly Row[], height: number): Row[] => {
  if (!isList(view)) return scrolled(view, rows, height);
  const at = rows.findLastIndex((line) => line.some(({ tone }) => tone === 'selected'));
  const scroll = at < height - 1 ? view.ui.scroll : at - height + 2;
  return scrolled({ ...view, ui: { ...view.ui, scroll } }, rows, height);
};

const overlay: Screen = (view) => ({
  title: overlayTitle(view),
  body: (height) => withChosen(view, overlayRows(view), height),
});

const filterRow = (view: View): Row => [
  span(' / ', 'strong'),
  fieldSpan(view.ui.field ?? { value: '', at: 0 }, Math.min(40, view.size.columns - 4), {
    focused: true,
    wide: view.appearance.wide,
  }),
];

/** The rows of the terminal: at most one fewer than it has, none wider than it is. */
export const draw = (view: View, screen: Screen): Row[] => {
  if (isTooSmall(view.size)) return tooSmallRows(view);
  const parts = (view.ui.overlay ? overlay : screen)(view);
  return frame(view, { ...parts, footer: view.ui.filtering ? filterRow(view) : footerRow(view) });
};
