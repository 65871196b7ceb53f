import { padded } from '../cell.js';
import { fieldSpan } from '../field.js';
import { glyphsOf } from '../marks.js';
import { fitted, hanging, type Row, row, selectedRow, span } from '../row.js';
import { type intakeFields, isFilling } from '../state.js';
import { symptomOff, symptoms } from '../symptoms.js';
import type { View } from '../view.js';

const nameWidth = 36;

const symptomRow = (view: View, at: number, width: number): Row => {
  const { say, ui, appearance } = view;
  const symptom = symptoms[at] ?? 'unknown';
  const off = symptomOff(symptom, view);
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

const fieldRow = (view: View, name: (typeof intakeFields)[number], width: number): Row => {
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

/** The error, where one is meant, and what was read of it. */
const errorRows = (view: View, width: number): Row[] => {
  const { ui, say, appearance } = view;
  const { wide } = appearance;
  return symptoms[ui.symptom] === 'error-message'
    ? [
        fieldRow(view, 'error', width),
        ...(ui.told === '' ? [] : hanging([span(' + ', 'strong')], ui.told, { width, wide })),
        ...(ui.focus === 'error' && ui.told === ''
          ? hanging([span('   ')], say('ui.intake.paste'), { width, wide })
          : []),
      ]
    : [];
};

/** What goes where, how it is written while it is, and what was wrong with it. */
export const endRows = (view: View, width: number): Row[] => {
  const { say, ui, appearance } = view;
  const { wide } = appearance;
  return [
    ...errorRows(view, width),
    fieldRow(view, 'from', width),
    fieldRow(view, 'to', width),
    ...(isFilling(ui) && ui.focus !== 'error' ? hanging([span('   ')], say('ui.intake.forms'), { width, wide }) : []),
    ...(ui.problem === '' ? [] : hanging([span(' ! ', 'warn')], ui.problem, { width, wide })),
    ...(ui.starting ? [row(` ${say('ui.intake.starting')}`)] : []),
  ];
};
