import { seconds } from '../clock-text.js';
import { costWords, endsOf, titleOf } from '../facts.js';
import { bodyHeight } from '../frame.js';
import { glyphsOf } from '../marks.js';
import { beside, blank, fitted, paragraph, type Row, row, selectedRow, span, spread, upTo } from '../row.js';
import { subjectOf } from '../subject.js';
import { panesOf, type View } from '../view.js';
import { backboneRows } from './backbone.js';
import { checkPanel, type PanelSize, questionPanel, stacked } from './check-panel.js';
import { pathPanel } from './path.js';
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

const detailRows = (view: View, size: PanelSize): Row[] => {
  if (view.look?.asking && view.ui.trailAt === null) return questionPanel(view, size);
  const subject = subjectOf(view);
  return subject ? checkPanel(view, subject, size) : prepared(view, size.width);
};

/** All of a panel, through a window that can be moved; what is not in use leaves out what does not fit. */
const detail = (view: View, size: PanelSize): Row[] => {
  const { ui, say, appearance } = view;
  if (ui.panel === 'trail') return detailRows(view, size);
  const rows = detailRows(view, { ...size, height: Number.POSITIVE_INFINITY });
  const first = Math.min(ui.detailAt, Math.max(0, rows.length - size.height));
  const marked = rows.map((line, at) => (at === 0 ? selectedRow(line, size.width, appearance.wide) : line));
  return upTo(marked.slice(first), size.height, (count) => row(say('ui.more', { count })));
};

interface Layout {
  readonly left: number;
  readonly detail: PanelSize;
  readonly right: number;
}

const cellsPerStep = 5;

const within = (value: number, least: number, most: number) => Math.max(least, Math.min(most, value));

/** How the screen is divided; the operator can move the line between trail and detail. */
const layoutOf = ({ size: { columns }, size, ui }: View, height: number): Layout => {
  const panes = panesOf(size);
  if (panes === 1) {
    const trail = within(5 + ui.grown, 2, Math.max(2, height - 4));
    return { left: columns - 1, detail: { width: columns - 3, height: height - trail }, right: 0 };
  }
  const right = panes === 2 ? 0 : 38;
  const base = panes === 2 ? Math.floor(columns * 0.55) : 52;
  const left = within(base + ui.grown * cellsPerStep, 26, columns - right - 28);
  return { left, detail: { width: columns - left - right - (panes - 1) * 3, height }, right };
};

/** How far the panel beside the trail can be scrolled. */
export const detailEnd = (view: View): number => {
  const { detail: size } = layoutOf(view, bodyHeight(view, 1));
  return Math.max(0, detailRows(view, { ...size, height: Number.POSITIVE_INFINITY }).length - size.height);
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

/** What ran beside the walk and what it cost; the way of the packets has what is left of the height. */
const rightPane = (view: View, width: number, height: number): Row[] => {
  const facts = stacked([flightRows(view, width), costRows(view, width)], height);
  return stacked([facts, pathPanel(view, { width, height: height - facts.length - 1 })], height);
};

/** What is being looked at, in the panes that the screen has room for. */
export const walkBody = (view: View, height: number): Row[] => {
  const { size, appearance } = view;
  const { left, detail: middle, right } = layoutOf(view, height);
  if (panesOf(size) === 1) {
    const top = detail(view, middle).map((line): Row => [span(' '), ...line]);
    return [...top, blank, ...trailRows(view, left, height - top.length - 1)];
  }
  const columns = [
    { rows: leftPane(view, left, height), width: left },
    { rows: detail(view, middle), width: middle.width },
    ...(right > 0 ? [{ rows: rightPane(view, right, height), width: right }] : []),
  ];
  return beside(columns, height, { bar: glyphsOf(appearance).bar, wide: appearance.wide });
};
