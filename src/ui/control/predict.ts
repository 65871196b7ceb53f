import type { Guess } from '../../domain/prediction.js';
import { behindCurtain, pendingOf, revealed, startPredicting, tally } from '../predict.js';
import { type Control, toast } from './control.js';

/** Turns the curtain before results on or off; off shows whatever it hid. */
export const togglePredict = (control: Control) => {
  const { store, session } = control;
  const isOn = store.get().predicting !== null;
  store.set({ predicting: isOn ? null : startPredicting(session()?.look().trail.length ?? 0), trailAt: null });
  toast(control, isOn ? 'ui.toast.predict-off' : 'ui.toast.predict-on');
};

/** What the operator expects; without it the result is just shown. A result that is not there yet is shown when it comes. */
export const predict = (control: Control, guess?: Guess) => {
  const { store, session } = control;
  const { predicting } = store.get();
  const look = session()?.look() ?? null;
  const pending = pendingOf(look, predicting);
  if (!look || !predicting || !pending) return;
  const { done, ...about } = pending;
  const said = guess && { ...about, guess };
  const next = revealed(look, predicting, said);
  store.set({ predicting: next, trailAt: null, detailAt: 0 });
  if (!said) return;
  session()?.predict(said);
  tellPredicted(control, said, done);
};

/** Says at once how it fits; of a check that still runs, only that it was taken. */
const tellPredicted = (control: Control, { guess }: { readonly guess: Guess }, done: boolean) => {
  const { session, store, view } = control;
  const { predicting } = store.get();
  const { say } = view();
  const found = predicting && behindCurtain(session()?.look() ?? null, predicting)?.trail[predicting.shown - 1];
  const words = { guess: say(`report.result.${guess}`), ...tallyWords(control) };
  if (!done || !found) toast(control, 'ui.toast.predicted', words);
  else toast(control, 'ui.toast.predict-shown', { ...words, result: say(`report.result.${found.result}`) });
};

const tallyWords = ({ session, store }: Control) => {
  const { predicting } = store.get();
  const { right, of } = predicting ? tally(session()?.look() ?? null, predicting) : { right: 0, of: 0 };
  return { right: String(right), of: String(of) };
};

export const guessOfKey: Readonly<Record<string, Guess>> = { 7: 'pass', 8: 'fail', 9: 'unsure' };
