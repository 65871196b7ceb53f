import { padded } from '../cell.js';
import { situationOf } from '../footer.js';
import { groups } from '../keys.js';
import { glyphsOf } from '../marks.js';
import { type Offered, offered, shownKey } from '../offered.js';
import { beside, blank, fitted, hanging, paragraph, type Row, row, span } from '../row.js';
import { stateSpans } from '../screens/trail.js';
import type { State } from '../theme.js';
import type { View } from '../view.js';

const keyWidth = 13;
const states: readonly State[] = ['pass', 'fail', 'warn', 'unsure', 'skip', 'error', 'run', 'wait'];

const line = (view: View, action: Offered, width: number): Row[] => {
  const key = padded(`  ${shownKey(action)}`, keyWidth, view.appearance.wide);
  return hanging([span(key, 'strong')], view.say(`ui.does.${action.id}`), { width, wide: view.appearance.wide });
};

const groupRows = (view: View, width: number): Row[][] => {
  const all = offered(situationOf(view));
  return groups.map((group) => {
    const on = all.filter((action) => action.group === group && !action.reason && action.keys.length > 0);
    return on.length === 0
      ? []
      : [row(` ${view.say(`ui.group.${group}`)}`, 'strong'), ...on.flatMap((action) => line(view, action, width))];
  });
};

/** Keys that do nothing now stay in sight, with the reason. */
const offRows = (view: View, width: number): Row[] => {
  const off = offered(situationOf(view)).filter(({ reason, keys }) => reason && keys.length > 0);
  if (off.length === 0) return [];
  return [
    row(` ${view.say('ui.help.off')}`, 'strong'),
    ...off.flatMap((action) => {
      const key = padded(`  ${shownKey(action)}`, keyWidth, view.appearance.wide);
      return hanging([span(key)], `${view.say(`ui.act.${action.id}`)}: ${view.say(action.reason ?? '')}`, {
        width,
        wide: view.appearance.wide,
      });
    }),
  ];
};

const stackedGroups = (sections: readonly Row[][]): Row[] =>
  sections.filter((rows) => rows.length > 0).flatMap((rows, at) => (at === 0 ? rows : [blank, ...rows]));

/** Everything the keys do here, from the one table of actions. */
export const helpRows = (view: View, width: number): Row[] => {
  const { say, appearance } = view;
  const half = Math.floor((width - 3) / 2);
  const sections = [...groupRows(view, half), offRows(view, half)];
  const total = sections.reduce((sum, rows) => sum + rows.length + 1, 0);
  let seen = 0;
  const left = sections.filter((rows) => {
    seen += rows.length + 1;
    return seen - rows.length / 2 <= total / 2;
  });
  const right = sections.slice(left.length);
  const panes = [
    { rows: stackedGroups(left), width: half },
    { rows: stackedGroups(right), width: half },
  ];
  const height = Math.max(...panes.map(({ rows }) => rows.length));
  const marks = states.flatMap((state): Row => [...stateSpans(view, state), span('  ')]);
  const legend = [...fitted([span(' '), ...marks], width, appearance.wide)];
  return [
    ...beside(panes, height, { bar: glyphsOf(appearance).bar, wide: appearance.wide }),
    blank,
    legend,
    ...paragraph(say('ui.help.results'), width, { indent: 1, wide: appearance.wide }),
    ...paragraph(say('ui.help.input-method'), width, { indent: 1, wide: appearance.wide }),
  ];
};
