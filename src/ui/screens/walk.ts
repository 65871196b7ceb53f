import { seconds } from '../clock-text.js';
import { costWords, endsOf, titleOf } from '../facts.js';
import { glyphsOf } from '../marks.js';
import { beside, blank, fitted, paragraph, type Row, row, span, spread } from '../row.js';
import { subjectOf } from '../subject.js';
import { panesOf, type View } from '../view.js';
import { backboneRows } from './backbone.js';
import { checkPanel, questionPanel, stacked } from './check-panel.js';
import { expected, stateSpans, trailRows } from './trail.js';

/** Whom it is about, and how far the walk is. */
export const walkTitle = (view: View): Row[] => {
  const { look, say, size, appearance } = view;
  if (!look) return [];
  const done = Math.max(1, subjectOf({ ...view, ui: { ...view.ui, trailAt: null } })?.number ?? 1);
  const about = done + expected(view).length;
  const paused = look.paused ? [span(say('ui.paused'), 'marked'), span('  ')] : [];
  const progress = look.phase === 'walking' ? say('ui.progress', { done, about }) : say('ui.preparing');
  return [
    spread([span(` ${say('ui.flow', endsOf(look))}`, 'strong')], [span('  '), ...paused, span(`${progress} `)], {
      width: size.columns,
      wide: appearance.wide,
    }),
  ];
};

const prepared = (view: View, width: number): Row[] =>
  paragraph(view.say('ui.preparing.what'), width, { wide: view.appearance.wide });

const detail = (view: View, size: { width: number; height: number }): Row[] => {
  if (view.look?.asking && view.ui.trailAt === null) return questionPanel(view, size);
  const subject = subjectOf(view);
  return subject ? checkPanel(view, subject, size) : prepared(view, size.width);
};

const flightRows = (view: View, width: number): Row[] => {
  const flights = view.look?.flights ?? [];
  return flights.length === 0
    ? []
    : [
        row(view.say('ui.flights'), 'strong'),
        ...flights.map((flight) => {
          const time = flight.result ? '' : seconds(view.now - flight.startedAt);
          return spread(
            [...stateSpans(view, flight.result ?? 'run'), span(` ${titleOf(view, flight.check)}`)],
            row(time),
            { width, wide: view.appearance.wide },
          );
        }),
      ];
};

const flightsInOneLine = ({ look, say }: View): Row => {
  const flights = look?.flights ?? [];
  const flying = flights.filter(({ result }) => !result).length;
  return flights.length === 0 ? blank : row(` ${say('ui.flights.count', { done: flights.length - flying, flying })}`);
};

const costRows = (view: View, width: number): Row[] => {
  const { look, say } = view;
  if (!look) return [];
  const denied = look.access?.denied ?? [];
  return [
    row(say('ui.access'), 'strong'),
    ...(look.access
      ? paragraph(say('ui.access.count', { allowed: look.access.allowed.length, denied: denied.length }), width, {
          wide: view.appearance.wide,
        })
      : []),
    ...denied.flatMap((right) => paragraph(right, width, { indent: 2, wide: view.appearance.wide })),
    ...paragraph(costWords(view, look), width, { wide: view.appearance.wide }),
  ];
};

const leftPane = (view: View, width: number, height: number): Row[] => {
  const { say, ui, appearance } = view;
  const heading = fitted(
    [span(` ${say('ui.trail')}`, 'strong'), ...(ui.filter && !ui.overlay ? [span(`  / ${ui.filter}`)] : [])],
    width,
    appearance.wide,
  );
  const backbone = height >= 15 ? [...backboneRows(view, width), blank] : [];
  const flights = panesOf(view.size) === 3 ? [] : [flightsInOneLine(view)];
  const rest = height - backbone.length - 1 - flights.length;
  const trail = trailRows(view, width, rest);
  return [...backbone, heading, ...trail, ...Array.from({ length: rest - trail.length }, () => blank), ...flights];
};

/** What is being looked at, in the panes that the screen has room for. */
export const walkBody = (view: View, height: number): Row[] => {
  const { size, appearance } = view;
  const { wide } = appearance;
  const join = { bar: glyphsOf(appearance).bar, wide };
  const panes = panesOf(size);
  if (panes === 1) {
    const top = detail(view, { width: size.columns - 3, height: height - 5 }).map((line): Row => [span(' '), ...line]);
    return [...top, blank, ...trailRows(view, size.columns - 1, height - top.length - 1)];
  }
  const left = panes === 2 ? Math.floor(size.columns * 0.55) : 52;
  const right = panes === 2 ? 0 : 38;
  const middle = size.columns - left - right - (panes - 1) * 3;
  const columns = [
    { rows: leftPane(view, left, height), width: left },
    { rows: detail(view, { width: middle, height }), width: middle },
    ...(right > 0 ? [{ rows: stacked([flightRows(view, right), costRows(view, right)], height), width: right }] : []),
  ];
  return beside(columns, height, join);
};
