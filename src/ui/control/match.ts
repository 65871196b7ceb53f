import { isLongText, matchesIn, overlayRows, scrollEnd } from '../overlays/overlay.js';
import { verdictRows } from '../screens/verdict.js';
import type { View } from '../view.js';
import { type Control, toast } from './control.js';
import { moveBy } from './move.js';

/** All rows of the text that is being read. */
const longText = (view: View) => (view.ui.overlay ? overlayRows(view) : verdictRows(view));

/** The next place of the words, round the end. A list holds nothing else, so there it is the next row. */
export const toMatch = (control: Control, by: 1 | -1) => {
  const { store, view } = control;
  const now = view();
  if (!isLongText(now)) return moveBy(control, by);
  const rows = longText(now);
  const places = matchesIn(now, rows);
  const from = now.ui.found ?? -1;
  const next =
    by > 0 ? (places.find((at) => at > from) ?? places[0]) : (places.findLast((at) => at < from) ?? places.at(-1));
  if (next === undefined) return toast(control, 'ui.toast.no-match');
  store.set({ found: next, scroll: Math.min(next, scrollEnd(now, rows)) });
};
