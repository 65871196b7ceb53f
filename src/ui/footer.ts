import { cells } from './cell.js';
import { offered, type Offered, shownKey, type Situation } from './keys.js';
import { type Row, span } from './row.js';
import { screenOf, type View } from './view.js';
import { subjectOf } from './subject.js';

export const situationOf = (view: View, canSuspend = true): Situation => ({
  screen: screenOf(view.look),
  look: view.look,
  subject: subjectOf(view) !== null,
  saved: view.saved() !== undefined,
  canSuspend,
});

/** What stays when nothing else fits. */
const last = new Set<string>(['help', 'quit']);

export const labelOf = (view: View, { id }: Pick<Offered, 'id'>) => {
  if (id === 'pause' && view.look?.paused) return view.say('ui.act.resume');
  if (id === 'quit' && screenOf(view.look) === 'intake') return view.say('ui.act.leave');
  return view.say(`ui.act.${id}`);
};

const widthOfButton = (view: View, button: Offered) => cells(`${shownKey(button)} ${labelOf(view, button)}`, view.appearance.wide) + 2;

/** The buttons that fit, in their fixed order; Tab walks over them. */
export const buttonsOf = (view: View): Offered[] => {
  const all = offered(situationOf(view)).filter(({ footer, reason }) => footer === 'always' || (footer === 'when-on' && !reason));
  let left = view.size.columns - 1 - all.filter(({ id }) => last.has(id)).reduce((sum, button) => sum + widthOfButton(view, button), 0);
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
