import { buttonsOf } from '../footer.js';
import { bodyHeight } from '../frame.js';
import { copyItems, overrideItems, paletteItems } from '../overlays/dialogs.js';
import { overlayRows, scrollEnd } from '../overlays/overlay.js';
import { remediesShown } from '../screens/remedy.js';
import { verdictRows } from '../screens/verdict.js';
import type { IntakeFocus } from '../state.js';
import { trailLength } from '../subject.js';
import { symptoms } from '../symptoms.js';
import { screenOf, type View } from '../view.js';
import type { Control } from './control.js';

/** A list that has a chosen item, or a text that is scrolled. */
type Moving = { readonly kind: 'symptom' | 'chosen' | 'trail' | 'scroll'; readonly count: number; readonly at: number };

const chosen = (count: number, { ui }: View): Moving => ({ kind: 'chosen', count, at: ui.chosen });

const inOverlay = (view: View): Moving => {
  const { overlay, scroll } = view.ui;
  if (overlay === 'palette') return chosen(paletteItems(view).length, view);
  if (overlay === 'copy') return chosen(copyItems.length, view);
  if (overlay === 'override') return chosen(overrideItems(view).length, view);
  return { kind: 'scroll', count: scrollEnd(view, overlayRows(view)) + 1, at: scroll };
};

const answers = ({ look }: View) => Object.keys(look?.asking?.question.answers ?? {}).length;

/** What up and down move here. */
export const movingIn = (view: View): Moving => {
  const { ui, look } = view;
  if (ui.overlay) return inOverlay(view);
  const screen = screenOf(look);
  if (screen === 'intake') return { kind: 'symptom', count: symptoms.length, at: ui.symptom };
  if (screen === 'walk' && look?.asking) return chosen(answers(view), view);
  if (screen === 'walk') return { kind: 'trail', count: trailLength(view), at: ui.trailAt ?? trailLength(view) - 1 };
  const end = scrollEnd(view, verdictRows(view));
  const remedies = remediesShown(view).length;
  // Where the whole verdict is in sight, the arrows are free for its remedies.
  return end === 0 && remedies > 0 ? chosen(remedies, view) : { kind: 'scroll', count: end + 1, at: ui.scroll };
};

/** How many items the digits can choose from. */
export const choices = (view: View): number => {
  const moving = movingIn(view);
  if (view.ui.overlay || moving.kind !== 'scroll')
    return moving.kind === 'trail' || moving.kind === 'scroll' ? 0 : moving.count;
  return remediesShown(view).length;
};

export const moveTo = ({ store, view }: Control, to: number) => {
  const { kind, count } = movingIn(view());
  const at = Math.max(0, Math.min(to, count - 1));
  if (kind === 'symptom') store.set({ symptom: at, focus: 'symptoms', problem: '' });
  if (kind === 'chosen') store.set({ chosen: at });
  if (kind === 'scroll') store.set({ scroll: at });
  // The last row follows the walk.
  if (kind === 'trail') store.set({ trailAt: at === count - 1 ? null : at });
};

export const moveBy = (control: Control, by: number) =>
  moveTo(control, Math.min(movingIn(control.view()).at, movingIn(control.view()).count - 1) + by);

export const page = (control: Control, direction: 1 | -1) =>
  moveBy(control, direction * (bodyHeight(control.view(), 1) - 2));

const stops: readonly IntakeFocus[] = ['symptoms', 'from', 'to'];

/** Tab: through the fields of the intake, then over the buttons at the foot. */
export const tabBy = ({ store, view }: Control, by: 1 | -1) => {
  const { focus, button, overlay } = store.get();
  const buttons = buttonsOf(view()).length;
  const fields = screenOf(view().look) === 'intake' && !overlay ? stops.length : 1;
  const at = button === null ? (fields > 1 ? stops.indexOf(focus) : 0) : fields + button;
  const next = (at + by + fields + buttons) % (fields + buttons);
  if (next >= fields) store.set({ button: next - fields, ...(fields > 1 ? { focus: 'symptoms' as const } : {}) });
  else store.set({ button: null, ...(fields > 1 ? { focus: stops[next] ?? 'symptoms' } : {}) });
};
