import { permits } from '../domain/level.js';
import { goOnBook, goOnCommand } from '../report/residual.js';
import { cells } from './cell.js';
import { reportInput } from './facts.js';
import type { Situation } from './keys.js';
import { type Offered, offered, shownKey } from './offered.js';
import { type Row, span } from './row.js';
import { remediesShown } from './screens/remedy.js';
import { isFilling } from './state.js';
import { subjectOf } from './subject.js';
import { typedCause } from './typed-cause.js';
import { screenOf, type View } from './view.js';

export const situationOf = (view: View): Situation => ({
  screen: screenOf(view.look),
  look: view.look,
  causeTyped: typedCause(view) !== undefined,
  subject: subjectOf(view) !== null,
  remedies: screenOf(view.look) === 'verdict' ? remediesShown(view).length : 0,
  saved: view.saved() !== undefined,
  mayCollect: view.actions.collect !== undefined && permits(view.header.level, 'node'),
  mayFix: view.actions.fix !== undefined,
  canSuspend: view.actions.suspend !== undefined,
  canGoLinear: view.actions.goLinear !== undefined,
  earlier: view.actions.resume ? view.ui.earlier.length : 0,
  canGoOn: view.look?.verdict ? goOnCommand(reportInput(view)) !== undefined : false,
  pending: view.pending ?? null,
  hasWords: view.ui.filter !== '',
});

/** What stays when nothing else fits. */
const last = new Set<string>(['palette', 'help', 'quit']);

const acceptLabel = ({ look, ui, say, pending }: View) => {
  if (ui.overlay) return say('ui.act.accept');
  if (pending) return say('ui.act.accept-unpredicted');
  if (look?.asking) return say('ui.act.answer');
  return say(`ui.act.accept-${screenOf(look)}`);
};

export const labelOf = (view: View, { id }: Pick<Offered, 'id'>) => {
  if (id === 'pause' && view.look?.paused) return view.say('ui.act.resume');
  if (id === 'accept') return acceptLabel(view);
  if (id === 'quit' && screenOf(view.look) === 'intake') return view.say('ui.act.leave');
  if (id === 'go-on' && goOnBook(reportInput(view)) === undefined) return view.say('ui.act.go-on-by-hand');
  return view.say(`ui.act.${id}`);
};

const widthOfButton = (view: View, button: Offered) =>
  cells(`${shownKey(button)} ${labelOf(view, button)}`, view.appearance.wide) + 2;

const onScreen = (view: View) =>
  offered(situationOf(view)).filter(({ id, footer, reason }) => {
    if (id === 'choose' && screenOf(view.look) === 'walk' && !view.look?.asking) return false;
    return footer === 'always' || (footer === 'when-on' && !reason);
  });

const lists = new Set<string | null>(['palette', 'copy', 'override']);

/** Whether something is chosen from what lies over the screen. */
export const isList = ({ ui }: View) => lists.has(ui.overlay);

/** Over a screen lies something to read or to choose from; what decides about the walk waits below it. */
const named = (view: View, wanted: readonly string[]) =>
  offered(situationOf(view))
    .filter(({ id }) => wanted.includes(id))
    .toSorted((a, b) => wanted.indexOf(a.id) - wanted.indexOf(b.id));

const overOverlay = (view: View) => {
  const { overlay } = view.ui;
  const wanted = isList(view)
    ? ['accept', 'close']
    : overlay === 'note' || overlay === 'confirm'
      ? ['accept', 'close']
      : ['close', 'filter', 'why', 'evidence', 'tree', 'commands', 'copy', 'help'];
  return named(view, wanted);
};

/** While a name is typed, letters are letters. */
const inReach = (view: View) => {
  if (view.ui.overlay) return overOverlay(view);
  return isFilling(view.ui) ? named(view, ['accept', 'tab', 'close']) : onScreen(view);
};

/** The buttons that fit, in their fixed order; Tab walks over them. */
export const buttonsOf = (view: View): Offered[] => {
  const all = inReach(view);
  let left =
    view.size.columns -
    1 -
    all.filter(({ id }) => last.has(id)).reduce((sum, button) => sum + widthOfButton(view, button), 0);
  return all.filter((button) => {
    if (last.has(button.id)) return true;
    const width = widthOfButton(view, button);
    if (width > left) {
      left = 0;
      return false;
    }
    left -= width;
    return true;
  });
};

export const footerRow = (view: View): Row => [
  span(' '),
  ...buttonsOf(view).flatMap((button, at): Row => {
    const label = labelOf(view, button);
    if (view.ui.button === at) return [span(`${shownKey(button)} ${label}`, 'selected'), span('  ')];
    return [span(shownKey(button), button.reason ? 'plain' : 'strong'), span(` ${label}  `)];
  }),
];
