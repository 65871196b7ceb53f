import { fold } from '../../clean/fold.js';
import { typedName } from '../../domain/asked.js';
import { dangersIn } from '../../domain/dangers.js';
import { edit, emptyField, type Field, insert } from '../field.js';
import { situationOf } from '../footer.js';
import type { Group } from '../keys.js';
import { actionFor, type Offered } from '../offered.js';
import { overrideItems } from '../overlays/dialogs.js';
import { isLongText } from '../overlays/overlay.js';
import { closed, fieldInUse } from '../state.js';
import type { Stroke } from '../strokes.js';
import { isTooSmall } from '../view.js';
import { begin } from './begin.js';
import { accept, choose } from './choose.js';
import { type Control, toast } from './control.js';
import { toMatch } from './match.js';
import { moveBy, tabBy } from './move.js';
import { guessOfKey, predict } from './predict.js';

/** The field that takes what is typed, and how to put it back. */
const openField = ({ store }: Control): { field: Field; put(field: Field): void } | undefined => {
  const { field, overlay, filtering } = store.get();
  if (field)
    return {
      field,
      put: (next) =>
        store.set({
          field: next,
          ...(filtering ? { filter: fold(next.value), found: null } : {}),
          ...(overlay === 'palette' ? { chosen: 0 } : {}),
        }),
    };
  const name = fieldInUse(store.get());
  return name && { field: store.get()[name], put: (next) => store.set({ [name]: next, problem: '' }) };
};

const keepNote = (control: Control, text: string) => {
  control.store.set(closed);
  if (text === '') return;
  control.session()?.note(text);
  toast(control, dangersIn(text).length > 0 ? 'ui.toast.noted-warned' : 'ui.toast.noted');
};

const override = (control: Control, reason: string) => {
  const { store, session, view } = control;
  const outcome = overrideItems(view())[store.get().chosen];
  if (reason === '' || outcome === undefined) return toast(control, 'ui.override.required');
  store.set(closed);
  session()?.send({ type: 'OVERRIDE', outcome, reason });
};

const confirm = (control: Control, name: string) => {
  const { store, session, view } = control;
  const typed = view().look?.asking?.question.typed;
  if (typed && name !== typed.name) return toast(control, 'ui.confirm.differs');
  store.set(closed);
  if (typed) session()?.send({ type: 'ANSWER', answer: typedName(name) });
};

/** The words stay; in a long text the first place of them comes in sight. */
const endFilter = (control: Control) => {
  control.store.set({ filtering: false, field: null, found: null });
  if (control.store.get().filter !== '' && isLongText(control.view())) toMatch(control, 1);
};

/** Enter in a text field. */
const commit = (control: Control) => {
  const { overlay, field, filtering } = control.store.get();
  const text = field?.value.trim() ?? '';
  if (filtering) endFilter(control);
  else if (overlay === 'palette') accept(control);
  else if (overlay === 'note') keepNote(control, text);
  else if (overlay === 'override') override(control, text);
  else if (overlay === 'confirm') confirm(control, text);
  else void begin(control);
};

const leaveField = ({ store }: Control) => {
  const { filtering, overlay } = store.get();
  if (filtering) store.set({ filtering: false, field: null, filter: '' });
  else if (overlay === 'override') store.set({ field: null });
  else store.set({ ...closed, focus: 'symptoms' });
};

/** The arrows leave a text alone, and move the list that it narrows. */
const moveList = (control: Control, by: 1 | -1) => {
  const { overlay } = control.store.get();
  if (overlay !== 'override' && overlay !== 'confirm') moveBy(control, by);
};

const typingKeys: Readonly<Record<string, (control: Control) => void>> = {
  enter: commit,
  esc: leaveField,
  up: (control) => moveList(control, -1),
  down: (control) => moveList(control, 1),
  tab: (control) => tabBy(control, 1),
  'shift-tab': (control) => tabBy(control, -1),
};

const type = (control: Control, { key, text }: Stroke, { field, put }: NonNullable<ReturnType<typeof openField>>) => {
  const edited = edit(field, key);
  if (edited) put(edited);
  else if (typingKeys[key]) typingKeys[key](control);
  // The ends of a flow are names of Kubernetes; a note is in any language and stays as typed.
  else if (text !== '') put(insert(field, control.store.get().field ? text : fold(text)));
};

const always = new Set(['ctrl-c', 'ctrl-z', 'ctrl-l']);
const overOverlays: ReadonlySet<Group> = new Set(['move', 'understand', 'keep', 'find', 'leave']);

const isAllowed = ({ store }: Control, { id, group }: Offered) =>
  store.get().overlay === null || overOverlays.has(group) || id === 'accept' || id === 'choose';

const command = (control: Control, key: string) => {
  const action = actionFor(key, situationOf(control.view()));
  if (!action || !isAllowed(control, action)) return;
  if (action.id === 'guess' && !action.reason) predict(control, guessOfKey[key]);
  else commandBy(control, key, action);
};

const commandBy = (control: Control, key: string, action: Offered) => {
  const isDialog = control.store.get().overlay !== null || control.store.get().button !== null;
  if (/^[1-9]$/.test(key) && (isDialog || !action.reason)) choose(control, Number(key));
  else if (action.id === 'accept' && isDialog) accept(control);
  else control.perform(action);
};

/** Without a picture of what is chosen, nothing may be chosen. */
const inTooSmall = (control: Control, key: string) => {
  if (key === 'q') command(control, key);
  else if (key === '1') control.perform({ id: 'linear', reason: undefined });
};

/** One press of a key. */
export const press = (control: Control, stroke: Stroke) => {
  const { store, view } = control;
  if (store.get().toast !== '') store.set({ toast: '' });
  const field = openField(control);
  if (always.has(stroke.key)) command(control, stroke.key);
  else if (isTooSmall(view().size)) inTooSmall(control, stroke.key);
  else if (field) type(control, stroke, field);
  else command(control, stroke.key);
};

/** Pasted text goes into the field that is open, on one line. Nowhere else does it do anything. */
export const paste = (control: Control, text: string) => {
  control.store.set({ pastedAt: control.props.now(), toast: '' });
  const field = openField(control);
  if (field) field.put(insert(field.field ?? emptyField, text.trim()));
  else toast(control, 'ui.toast.paste-ignored');
};
