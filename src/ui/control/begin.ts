import { fieldOf } from '../field.js';
import { startPredicting } from '../predict.js';
import type { AppProps, Draft, Started } from '../props.js';
import { closed, type UiState } from '../state.js';
import { type Symptom, symptomOff, symptoms } from '../symptoms.js';
import { type Control, toast } from './control.js';

const startOf = async ({ intake }: AppProps, draft: Draft): Promise<Started> => {
  try {
    return await intake.start(draft);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

/** Reads a pasted error, and shows what it says before anything starts. False where there is something to look at first. */
const errorIsRead = ({ store, props, view }: Control): boolean => {
  const { error, errorRead, from, to } = store.get();
  const text = error.value.trim();
  if (text !== '' && text === errorRead) return true;
  const read = text === '' ? undefined : props.intake.read?.(text, { from: from.value, to: to.value, symptom: '' });
  if (!read) {
    store.set({ focus: 'error', problem: text === '' ? '' : view().say('ui.off.no-matching') });
    return false;
  }
  const { draft, told } = read;
  store.set({
    ...{ errorRead: text, told, meant: draft.symptom, problem: '' },
    ...{ from: fieldOf(draft.from), to: fieldOf(draft.to), focus: draft.from === '' ? 'from' : 'to' },
  });
  return false;
};

/** The symptom that is chosen, or that the error speaks of; empty where the two ends decide. */
const symptomMeant = (symptom: Symptom, { meant }: UiState) => {
  if (symptom === 'error-message') return meant;
  return symptom === 'unknown' ? '' : symptom;
};

/** Leaves the intake with what has been filled in, or says what is missing. */
export const begin = async (control: Control): Promise<void> => {
  const { store, props, view } = control;
  const { symptom: at, from, to, starting } = store.get();
  const symptom = symptoms[at] ?? 'unknown';
  const off = symptomOff(symptom, props);
  if (starting) return;
  if (off) {
    store.set({ focus: 'symptoms', problem: view().say(off) });
    return;
  }
  if (symptom === 'error-message' && !errorIsRead(control)) return;
  const missing = (['from', 'to'] as const).find((name) => store.get()[name].value.trim() === '');
  if (missing) {
    store.set({ focus: missing, problem: '' });
    return;
  }
  store.set({ starting: true, problem: '' });
  const { error } = store.get();
  const draft = {
    ...{ from: from.value.trim(), to: to.value.trim(), symptom: symptomMeant(symptom, store.get()) },
    ...(symptom === 'error-message' && { error: error.value.trim() }),
  };
  const started = await startOf(props, draft);
  if (typeof started === 'string') {
    store.set({ starting: false, problem: started });
    return;
  }
  const predicting = store.get().predicting && startPredicting(0);
  store.set({ ...closed, starting: false, trailAt: null, predicting });
  control.adopt(started);
};

/** Back to the two ends of the flow, after a session that could not begin. */
export const startOver = (control: Control) => {
  control.adopt(undefined);
  control.store.set({ ...closed, focus: 'from', trailAt: null });
  toast(control, 'ui.toast.again');
};
