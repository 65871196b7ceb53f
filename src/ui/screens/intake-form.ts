import { padded } from '../cell.js';
import { fieldSpan } from '../field.js';
import { glyphsOf } from '../marks.js';
import { fitted, hanging, type Row, row, selectedRow, span } from '../row.js';
import { isFilling } from '../state.js';
import { symptomOff, symptoms } from '../symptoms.js';
import type { View } from '../view.js';

const nameWidth = 36;

const symptomRow = (view: View, at: number, width: number): Row => {
  const { say, catalog, ui, appearance } = view;
  const symptom = symptoms[at] ?? 'unknown';
  const off = symptomOff(symptom, catalog);
  const isChosen = ui.symptom === at;
  const pointer = isChosen ? glyphsOf(appearance).pointer : ' ';
  const note = off ? `(${say(off)})` : say(`ui.symptom.${symptom}.hint`);
  const name = padded(say(`ui.symptom.${symptom}`), nameWidth, appearance.wide);
  const line: Row = [span(` ${pointer} ${at + 1}  `), span(name, off ? 'plain' : 'strong'), span(note)];
  return isChosen && ui.focus === 'symptoms'
    ? selectedRow(line, width, appearance.wide)
    : fitted(line, width, appearance.wide);
};

/** All of them, or where there is no room and an end is being typed, the chosen one. */
export const symptomRows = (view: View, width: number, isShort: boolean): Row[] =>
  isShort && isFilling(view.ui)
    ? [symptomRow(view, view.ui.symptom, width)]
    : symptoms.map((_, at) => symptomRow(view, at, width));

const fieldRow = (view: View, name: 'from' | 'to', width: number): Row => {
  const { ui, say, appearance } = view;
  const focused = ui.focus === name && ui.overlay === null;
  const pointer = focused ? glyphsOf(appearance).pointer : ' ';
  const label = padded(say(`ui.intake.${name}`), 8, appearance.wide);
  return [
    span(` ${pointer} `),
    span(label, 'strong'),
    fieldSpan(ui[name], Math.min(60, width - 13), { focused, wide: appearance.wide }),
  ];
};

/** The two ends, how they are written while one is, and what was wrong with them. */
export const endRows = (view: View, width: number): Row[] => {
  const { say, ui, appearance } = view;
  const { wide } = appearance;
  return [
    fieldRow(view, 'from', width),
    fieldRow(view, 'to', width),
    ...(isFilling(ui) ? hanging([span('   ')], say('ui.intake.forms'), { width, wide }) : []),
    ...(ui.problem === '' ? [] : hanging([span(' ! ', 'warn')], ui.problem, { width, wide })),
    ...(ui.starting ? [row(` ${say('ui.intake.starting')}`)] : []),
  ];
};
