import type { Asked } from '../../domain/asked.js';
import { findingSentence } from '../../report/sentence.js';
import { reportInput } from '../facts.js';
import { emptyField } from '../field.js';
import { buttonsOf } from '../footer.js';
import { copyItems, overrideItems, paletteItems, paletteNumber } from '../overlays/dialogs.js';
import { remediesShown } from '../screens/remedy.js';
import { closed } from '../state.js';
import { subjectOf } from '../subject.js';
import { summary } from '../summary.js';
import { typedCause } from '../typed-cause.js';
import { type ScreenName, screenOf, type View } from '../view.js';
import { begin } from './begin.js';
import { type Control, toast } from './control.js';
import { resumeAt } from './look-first.js';
import { choices, moveTo } from './move.js';
import { goToRow } from './panels.js';
import { predict } from './predict.js';

const copyTexts = {
  summary,
  finding: (view: View) => {
    const finding = subjectOf(view)?.finding;
    return finding ? findingSentence(reportInput(view), finding) : '';
  },
  folder: (view: View) => view.saved()?.folder ?? '',
  root: (view: View) => view.saved()?.root ?? '',
} satisfies Record<(typeof copyItems)[number], (view: View) => string>;

export const copyText = (control: Control, text: string) => {
  if (text === '') return toast(control, 'ui.off.nothing-to-copy');
  control.props.actions.copy(text);
  // A terminal never answers whether it took the text.
  toast(control, 'ui.toast.sent');
};

const aboutCauses = new Set<string>(['because', 'why-not']);

const acceptPalette = (control: Control) => {
  const now = control.view();
  const action = paletteItems(now)[now.ui.chosen];
  const number = Number(paletteNumber(now));
  const cause = typedCause(now);
  control.store.set(closed);
  if (action?.id === 'resume-earlier' && !action.reason && number > 0) resumeAt(control, number - 1);
  else if (action) control.perform(action);
  if (action && aboutCauses.has(action.id) && !action.reason) control.store.set({ cause: cause ?? '' });
};

/** Enter in a dialog. */
const acceptOverlay = (control: Control) => {
  const { store, view } = control;
  const { overlay, chosen } = store.get();
  const now = view();
  if (overlay === 'copy') {
    const text = copyTexts[copyItems[chosen] ?? 'summary'](now);
    store.set(closed);
    copyText(control, text);
  } else if (overlay === 'override' && overrideItems(now)[chosen] !== undefined) store.set({ field: emptyField });
  else if (overlay === 'palette') acceptPalette(control);
};

/** An answer is sent, but for one that takes a name: then that is asked for. */
const answerBy = ({ store, session }: Control, question: Asked, answer: string) => {
  if (answer === question.typed?.answer) return store.set({ ...closed, overlay: 'confirm', field: emptyField });
  session()?.send({ type: 'ANSWER', answer });
  store.set({ chosen: 0, trailAt: null });
};

const acceptOnWalk = (control: Control) => {
  const { store, view, session } = control;
  const { look } = view();
  const question = look?.asking?.question;
  const answer = Object.keys(question?.answers ?? {})[store.get().chosen];
  if (question && answer !== undefined) return answerBy(control, question, answer);
  if (look?.reviewing) session()?.send({ type: 'NEXT' });
  store.set({ chosen: 0, trailAt: null });
};

const acceptOn = {
  intake: (control) => {
    const { focus, chosen } = control.store.get();
    if (focus === 'sessions') resumeAt(control, chosen);
    else void begin(control);
  },
  walk: (control) => (control.view().pending ? predict(control) : acceptOnWalk(control)),
  verdict: ({ store, view }) => {
    if (remediesShown(view()).length > 0) store.set({ overlay: 'remedy', scroll: 0 });
  },
  failed: () => undefined,
} satisfies Record<ScreenName, (control: Control) => void>;

/** Enter: what is marked is meant. */
export const accept = (control: Control) => {
  const now = control.view();
  const button = now.ui.button === null ? undefined : buttonsOf(now)[now.ui.button];
  control.store.set({ button: null });
  if (button && button.id !== 'accept') control.perform(button);
  else if (now.ui.overlay) acceptOverlay(control);
  else acceptOn[screenOf(now.look)](control);
};

const isOnTrail = ({ ui, look }: View) => !ui.overlay && screenOf(look) === 'walk' && !look?.asking;

/** A digit chooses, and where nothing could be lost it also accepts. */
export const choose = (control: Control, digit: number) => {
  const { store, view } = control;
  const now = view();
  if (isOnTrail(now)) return goToRow(control, digit - 1);
  if (digit > choices(now)) return;
  if (now.ui.overlay || screenOf(now.look) !== 'verdict') moveTo(control, digit - 1);
  else store.set({ chosen: digit - 1 });
  accept(control);
};
