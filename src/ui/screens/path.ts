import { pathDrawing } from '../../report/path-drawing.js';
import { cells, padded } from '../cell.js';
import { reportInput } from '../facts.js';
import { glyphsOf } from '../marks.js';
import { type Stop, stopName, stopsOf } from '../path.js';
import { blank, fitted, paragraph, type Row, row, span, spread } from '../row.js';
import type { View } from '../view.js';
import { expected, stateSpans } from './trail.js';

/** A rail of dots leads on from what nobody looked at, so that it can never be taken for sound. */
const railOf = (view: View, { state }: Stop) => (state === 'pass' ? glyphsOf(view.appearance).bar : ':');

const numbersOf = ({ checks }: Stop, room: number) => {
  const all = checks.map((number) => `#${number}`).join(' ');
  return cells(all) <= room ? all : `#${checks.at(-1)} ..`;
};

const mostNumbers = 12;
const roomyCells = 60;

const noteOf = (view: View, stop: Stop, width: number): Row => {
  const numbers = span(stop.checks.length === 0 ? '' : numbersOf(stop, mostNumbers));
  const failing = span(view.say('report.way.failing'), 'fail');
  if (stop.failing) return width < roomyCells || numbers.text === '' ? [failing] : [failing, span('  '), numbers];
  return stop.state === undefined ? [span(view.say('report.way.unseen'))] : [numbers];
};

const stateCells = 8;

const stopRow = (view: View, stop: Stop, width: number): Row => {
  const { wide } = view.appearance;
  const state: Row = stop.state ? stateSpans(view, stop.state) : [span(padded(railOf(view, stop), stateCells, wide))];
  const name = span(` ${stopName(view, stop.place)} `, stop.failing ? 'strong' : 'plain');
  return spread([span(' '), ...state, name], noteOf(view, stop, width), { width, wide });
};

/** The hops below each other; where there is room, with the rail between them. */
const drawn = (view: View, { width, height }: { width: number; height: number }): Row[] => {
  const stops = stopsOf(view, view.look?.phase === 'walking' ? expected(view) : []);
  const way = stops.filter(({ place }) => place !== 'whole');
  const whole = stops.filter(({ place }) => place === 'whole').map((stop) => stopRow(view, stop, width));
  const hasRail = 2 * way.length + 1 + whole.length <= height;
  const rows = way.flatMap((stop, at): Row[] => {
    const rail = hasRail && at < way.length - 1 ? [row(` ${railOf(view, stop)}`)] : [];
    return [stopRow(view, stop, width), ...rail];
  });
  return whole.length === 0 ? rows : [...rows, blank, ...whole];
};

/** The way of the packets beside a walk or below a verdict. */
export const pathPanel = (view: View, size: { width: number; height: number }): Row[] => {
  const rows = drawn(view, { ...size, height: size.height - 1 });
  return rows.length === 0 ? [] : [row(` ${view.say('ui.path')}`, 'strong'), ...rows];
};

/** Device by device, where packets of the flow were listened for. */
const tracedRows = (view: View, width: number): Row[] => {
  const input = reportInput(view);
  const lines = view.look?.trail.findLast(({ facts }) => pathDrawing(input, facts).length > 0);
  if (!lines) return [];
  const { wide } = view.appearance;
  return [
    blank,
    row(` ${view.say('ui.path.traced')}`, 'strong'),
    ...pathDrawing(input, lines.facts).flatMap((line) => paragraph(line, width, { indent: 3, wide })),
  ];
};

/** The same over the whole screen, with what the drawing means. */
export const pathOverlay = (view: View, width: number): Row[] => {
  const { say, appearance, size } = view;
  const { wide } = appearance;
  const legend = paragraph(say('ui.path.legend'), width, { indent: 1, wide });
  const height = size.rows - 7 - legend.length;
  return [
    ...drawn(view, { width: Math.min(width, 76), height }).map((line) => fitted(line, width, wide)),
    blank,
    ...legend,
    ...tracedRows(view, width),
  ];
};
