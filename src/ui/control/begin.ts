import type { AppProps, Draft, Started } from '../props.js';
import { closed } from '../state.js';
import { symptomOff, symptoms } from '../symptoms.js';
import { type Control, toast } from './control.js';

const startOf = async ({ intake }: AppProps, draft: Draft): Promise<Started> => {
  try {
    return await intake.start(draft);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

/** Leaves the intake with what has been filled in, or says what is missing. */
export const begin = async (control: Control): Promise<void> => {
  const { store, props, view } = control;
  const { symptom: at, from, to, starting } = store.get();
  const symptom = symptoms[at] ?? 'unknown';
  const off = symptomOff(symptom, props.catalog);
  if (starting) return;
  if (off) {
    store.set({ focus: 'symptoms', problem: view().say(off) });
    return;
  }
  const missing = (['from', 'to'] as const).find((name) => store.get()[name].value.trim() === '');
  if (missing) {
    store.set({ focus: missing, problem: '' });
    return;
  }
  store.set({ starting: true, problem: '' });
  const draft = { from: from.value.trim(), to: to.value.trim(), symptom: symptom === 'unknown' ? '' : symptom };
  const started = await startOf(props, draft);
  if (typeof started === 'string') {
    store.set({ starting: false, problem: started });
    return;
  }
  store.set({ ...closed, starting: false, trailAt: null });
  control.adopt(started);
};

/** Back to the two ends of the flow, after a session that could not begin. */
export const startOver = (control: Control) => {
  control.adopt(undefined);
  control.store.set({ ...closed, focus: 'from', trailAt: null });
  toast(control, 'ui.toast.again');
};
