import { trailLength } from '../subject.js';
import { screenOf } from '../view.js';
import type { Control } from './control.js';
import { tabBy } from './move.js';

/** To the panel beside this one; where there is only one, to the next thing that Tab would reach. */
export const panelBy = (control: Control, by: 1 | -1) => {
  const { store, view } = control;
  const { overlay, button } = store.get();
  const isWalk = screenOf(view().look) === 'walk';
  if (isWalk && !overlay && button === null) store.set({ panel: by > 0 ? 'detail' : 'trail', detailAt: 0 });
  else tabBy(control, by);
};

const most = 4;

/** Gives the panel in use more of the screen, or less. */
export const resize = ({ store }: Control, by: 1 | -1) => {
  const { panel, grown } = store.get();
  store.set({ grown: Math.max(-most, Math.min(most, grown + (panel === 'trail' ? by : -by))) });
};

/** To a row of the trail; nowhere where there is none of that number. */
export const goToRow = ({ store, view }: Control, at: number) => {
  const count = trailLength(view());
  if (at < count) store.set({ trailAt: at === count - 1 ? null : at, detailAt: 0 });
};
