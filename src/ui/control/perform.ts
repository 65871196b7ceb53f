import { goOnBook, goOnCommand } from '../../report/residual.js';
import { reportInput } from '../facts.js';
import { emptyField } from '../field.js';
import { bodyHeight } from '../frame.js';
import type { ActionId } from '../keys.js';
import type { Offered } from '../offered.js';
import { commandShown, rowOfHere } from '../overlays/session.js';
import { closed, type OverlayName } from '../state.js';
import { runningCheck } from '../subject.js';
import { screenOf } from '../view.js';
import { startOver } from './begin.js';
import { accept, copyText } from './choose.js';
import { type Control, toast } from './control.js';
import { resumeAt } from './look-first.js';
import { toMatch } from './match.js';
import { moveBy, moveTo, movingIn, page, tabBy } from './move.js';
import { panelBy, resize } from './panels.js';
import { togglePredict } from './predict.js';

type Handler = (control: Control) => void;

const open =
  (overlay: OverlayName): Handler =>
  ({ store }) =>
    store.set(store.get().overlay === overlay ? closed : { ...closed, overlay });

/** Opens where the walk stands, with what came before in sight. */
const openTree: Handler = (control) => {
  open('tree')(control);
  const { store, view } = control;
  if (store.get().overlay === 'tree')
    store.set({ scroll: Math.max(0, rowOfHere(view()) - Math.floor(bodyHeight(view(), 1) / 2)) });
};

const dialog =
  (overlay: OverlayName): Handler =>
  ({ store }) =>
    store.set({ ...closed, overlay, field: emptyField });

const sent =
  (type: 'SKIP' | 'RERUN' | 'BACK'): Handler =>
  ({ session, store }) => {
    session()?.send({ type });
    store.set({ trailAt: null, chosen: 0 });
  };

/** The operator's word that this result says nothing: the walk goes on as if it could not have looked. */
const unsure: Handler = (control) => {
  const { session, store, view } = control;
  if (view().look?.reviewing)
    session()?.send({ type: 'OVERRIDE', outcome: 'otherwise', reason: view().say('ui.unsure.reason') });
  else session()?.send({ type: 'SKIP' });
  store.set({ trailAt: null, chosen: 0 });
  toast(control, 'ui.toast.unsure');
};

/** Leaves the innermost thing; never the program. */
const close: Handler = ({ store }) => {
  const { overlay, filter } = store.get();
  if (overlay || filter !== '') store.set(closed);
  else store.set({ button: null, focus: 'symptoms', panel: 'trail', detailAt: 0, trailAt: null });
};

const quit: Handler = ({ store, props }) => {
  if (store.get().overlay) store.set(closed);
  else props.actions.quit();
};

const twiceWithin = 2000;

/** Once stops the check that runs; twice leaves. */
const interrupt: Handler = (control) => {
  const { store, props, view, session } = control;
  const now = props.now();
  if (now - store.get().interruptedAt <= twiceWithin) {
    props.actions.quit(130);
    return;
  }
  // A result that is held back belongs to a check that has ended: what runs now is another one.
  const running = view().pending?.done ? null : runningCheck(view());
  if (running) session()?.send({ type: 'SKIP' });
  store.set({ interruptedAt: now });
  toast(control, running ? 'ui.toast.stopped' : 'ui.toast.again-quits');
};

const pause: Handler = ({ session, view }) => session()?.send({ type: view().look?.paused ? 'RESUME' : 'PAUSE' });
const pace: Handler = (control) => {
  const next = control.view().look?.pace === 'auto' ? 'step' : 'auto';
  control.session()?.send({ type: 'PACE', pace: next });
  toast(control, `ui.toast.pace-${next}`);
};

const writeExport: Handler = (control) => {
  control.props.actions.export().then(
    (path) => toast(control, 'ui.toast.exported', { path }),
    (error: unknown) =>
      toast(control, 'ui.toast.not-exported', { reason: error instanceof Error ? error.message : String(error) }),
  );
};

const collect: Handler = (control) => {
  toast(control, 'ui.toast.collecting');
  control.props.actions.collect?.().then(
    ({ nodes, outputs }) => toast(control, 'ui.toast.collected', { nodes: nodes.join(', '), outputs: String(outputs) }),
    (error: unknown) =>
      toast(control, 'ui.toast.not-collected', { reason: error instanceof Error ? error.message : String(error) }),
  );
};

/** Where no runbook goes on, its command may still be of use elsewhere. */
const goOn: Handler = (control) => {
  const input = reportInput(control.view());
  const runbook = goOnBook(input);
  const leave = control.props.actions.goOn;
  if (leave && runbook) leave(runbook);
  else copyText(control, goOnCommand(input) ?? '');
};

const filter: Handler = ({ store }) => {
  const { filter: value } = store.get();
  store.set({ filtering: true, field: { value, at: value.length }, scroll: 0 });
};

const handlers = {
  choose: () => undefined,
  accept,
  up: (control) => moveBy(control, -1),
  down: (control) => moveBy(control, 1),
  first: (control) => moveTo(control, 0),
  last: (control) => moveTo(control, movingIn(control.view()).count - 1),
  'page-up': (control) => page(control, -1),
  'page-down': (control) => page(control, 1),
  'panel-back': (control) => panelBy(control, -1),
  'panel-next': (control) => panelBy(control, 1),
  tab: (control) => tabBy(control, 1),
  'tab-back': (control) => tabBy(control, -1),
  larger: (control) => resize(control, 1),
  smaller: (control) => resize(control, -1),
  pause,
  skip: sent('SKIP'),
  rerun: sent('RERUN'),
  unsure,
  override: open('override'),
  back: (control) => (screenOf(control.view().look) === 'failed' ? startOver(control) : sent('BACK')(control)),
  why: open('why'),
  because: open('because'),
  'why-not': open('because'),
  evidence: open('evidence'),
  tree: openTree,
  path: open('path'),
  commands: open('commands'),
  copy: (control) => copyText(control, commandShown(control.view())),
  'copy-menu': open('copy'),
  'go-on': goOn,
  note: dialog('note'),
  export: writeExport,
  collect,
  guess: () => undefined,
  predict: togglePredict,
  pace,
  stop: ({ session }) => session()?.stop(),
  fix: ({ props }) => props.actions.fix?.(),
  'resume-earlier': (control) => resumeAt(control, 0),
  filter,
  match: (control) => toMatch(control, 1),
  'match-back': (control) => toMatch(control, -1),
  palette: dialog('palette'),
  help: open('help'),
  close,
  quit,
  interrupt,
  suspend: ({ suspend }) => suspend(),
  linear: ({ props }) => props.actions.goLinear?.(),
  redraw: ({ redraw }) => redraw(),
} satisfies Record<ActionId, Handler>;

/** Does what an action says, or tells why it is off. */
export const perform = (control: Control, { id, reason }: Pick<Offered, 'id' | 'reason'>) => {
  if (reason) toast(control, reason);
  else handlers[id](control);
};
