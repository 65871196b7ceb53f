import { buttonsOf } from '../footer.js';
import { bodyHeight } from '../frame.js';
import { copyItems, overrideItems, paletteItems } from '../overlays/dialogs.js';
import { overlayRows, scrollEnd } from '../overlays/overlay.js';
import { remediesShown } from '../screens/remedy.js';
import { verdictRows } from '../screens/verdict.js';
import { detailEnd } from '../screens/walk.js';
import type { IntakeFocus, Panel, UiState } from '../state.js';
import { trailLength } from '../subject.js';
import { symptoms } from '../symptoms.js';
import { screenOf, type View } from '../view.js';
import type { Control } from './control.js';

/** A list that has a chosen item, or a text that is scrolled. */
type Moving = {
  readonly kind: 'symptom' | 'chosen' | 'trail' | 'detail' | 'scroll';
  readonly count: number;
  readonly at: number;
};

const chosen = (count: number, { ui }: View): Moving => ({ kind: 'chosen', count, at: ui.chosen });

const inOverlay = (view: View): Moving => {
  const { overlay, scroll } = view.ui;
  if (overlay === 'palette') return chosen(paletteItems(view).length, view);
  if (overlay === 'copy') return chosen(copyItems.length, view);
  if (overlay === 'override') return chosen(overrideItems(view).length, view);
  return { kind: 'scroll', count: scrollEnd(view, overlayRows(view)) + 1, at: scroll };
};

const answers = ({ look }: View) => Object.keys(look?.asking?.question.answers ?? {}).length;

const inWalk = (view: View): Moving => {
  const { ui, look } = view;
  if (ui.panel === 'detail') return { kind: 'detail', count: detailEnd(view) + 1, at: ui.detailAt };
  if (look?.asking) return chosen(answers(view), view);
  return { kind: 'trail', count: trailLength(view), at: ui.trailAt ?? trailLength(view) - 1 };
};

/** What up and down move here. */
export const movingIn = (view: View): Moving => {
  const { ui } = view;
  if (ui.overlay) return inOverlay(view);
  const screen = screenOf(view.look);
  if (screen === 'intake')
    return ui.focus === 'sessions'
      ? chosen(ui.earlier.length, view)
      : { kind: 'symptom', count: symptoms.length, at: ui.symptom };
  if (screen === 'walk') return inWalk(view);
  const end = scrollEnd(view, verdictRows(view));
  const remedies = remediesShown(view).length;
  // Where the whole verdict is in sight, the arrows are free for its remedies.
  return end === 0 && remedies > 0 ? chosen(remedies, view) : { kind: 'scroll', count: end + 1, at: ui.scroll };
};

/** How many items the digits can choose from. */
export const choices = (view: View): number => {
  const moving = movingIn(view);
  if (moving.kind === 'symptom' || moving.kind === 'chosen') return moving.count;
  return moving.kind === 'scroll' && !view.ui.overlay ? remediesShown(view).length : 0;
};

export const moveTo = ({ store, view }: Control, to: number) => {
  const { kind, count } = movingIn(view());
  const at = Math.max(0, Math.min(to, count - 1));
  if (kind === 'symptom') store.set({ symptom: at, focus: 'symptoms', problem: '' });
  if (kind === 'chosen') store.set({ chosen: at });
  if (kind === 'scroll') store.set({ scroll: at });
  if (kind === 'detail') store.set({ detailAt: at });
  // The last row follows the walk.
  if (kind === 'trail') store.set({ trailAt: at === count - 1 ? null : at, detailAt: 0 });
};

export const moveBy = (control: Control, by: number) =>
  moveTo(control, Math.min(movingIn(control.view()).at, movingIn(control.view()).count - 1) + by);

export const page = (control: Control, direction: 1 | -1) =>
  moveBy(control, direction * (bodyHeight(control.view(), 1) - 2));

type Stop = Partial<Pick<UiState, 'focus' | 'panel' | 'detailAt' | 'chosen'>>;

const fieldStops = ({ ui, actions }: View): Stop[] => {
  const names: IntakeFocus[] = [
    'symptoms',
    ...(symptoms[ui.symptom] === 'error-message' ? (['error'] as const) : []),
    'from',
    'to',
  ];
  if (ui.earlier.length > 0 && actions.resume) names.push('sessions');
  return names.map((focus) => ({ focus, chosen: 0 }));
};

const panelStops = (['trail', 'detail'] satisfies Panel[]).map((panel): Stop => ({ panel, detailAt: 0 }));

/** What Tab passes before it comes to the buttons. */
const stopsIn = (view: View): Stop[] => {
  if (view.ui.overlay) return [{}];
  const screen = screenOf(view.look);
  if (screen === 'intake') return fieldStops(view);
  return screen === 'walk' ? panelStops : [{}];
};

const isAt = ({ focus, panel }: UiState, stop: Stop) =>
  (stop.focus ?? focus) === focus && (stop.panel ?? panel) === panel;

/** Tab: through the fields or panels of the screen, then over the buttons at its foot. */
export const tabBy = ({ store, view }: Control, by: 1 | -1) => {
  const now = view();
  const { button } = now.ui;
  const stops = stopsIn(now);
  const buttons = buttonsOf(now).length;
  const here = stops.findIndex((stop) => isAt(now.ui, stop));
  const at = button === null ? Math.max(0, here) : stops.length + button;
  const next = (at + by + stops.length + buttons) % (stops.length + buttons);
  const stop = stops[next];
  if (stop) store.set({ button: null, ...stop });
  else store.set({ button: next - stops.length, focus: 'symptoms' });
};
