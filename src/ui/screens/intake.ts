import { padded } from '../cell.js';
import { fieldSpan } from '../field.js';
import { glyphsOf } from '../marks.js';
import { blank, hanging, paragraph, type Row, row, selectedRow, span } from '../row.js';
import { symptomOff, symptoms } from '../symptoms.js';
import type { View } from '../view.js';

const nameWidth = 36;

const symptomRows = (view: View): Row[] =>
  symptoms.map((symptom, at) => {
    const { say, catalog, ui, appearance, size } = view;
    const off = symptomOff(symptom, catalog);
    const isChosen = ui.symptom === at;
    const pointer = isChosen ? glyphsOf(appearance).pointer : ' ';
    const note = off ? `(${say(off)})` : say(`ui.symptom.${symptom}.hint`);
    const name = padded(say(`ui.symptom.${symptom}`), nameWidth, appearance.wide);
    const line: Row = [span(` ${pointer} ${at + 1}  `), span(name, off ? 'plain' : 'strong'), span(note)];
    return isChosen && ui.focus === 'symptoms' ? selectedRow(line, size.columns - 1, appearance.wide) : line;
  });

const fieldRow = (view: View, name: 'from' | 'to'): Row => {
  const { ui, say, appearance, size } = view;
  const focused = ui.focus === name && ui.overlay === null;
  const pointer = focused ? glyphsOf(appearance).pointer : ' ';
  const label = padded(say(`ui.intake.${name}`), 8, appearance.wide);
  return [
    span(` ${pointer} `),
    span(label, 'strong'),
    fieldSpan(ui[name], Math.min(60, size.columns - 14), { focused, wide: appearance.wide }),
  ];
};

/** The first screen: what is broken, and between which two ends. */
export const intakeBody = (view: View): Row[] => {
  const { say, size, ui, appearance } = view;
  const width = size.columns - 2;
  const { wide } = appearance;
  return [
    row(` ${say('ui.intake.question')}`, 'strong'),
    blank,
    ...symptomRows(view),
    blank,
    fieldRow(view, 'from'),
    fieldRow(view, 'to'),
    ...hanging([span('   ')], say('ui.intake.forms'), { width, wide }),
    ...(size.rows >= 30 ? [blank, ...paragraph(say('ui.intake.safe'), width, { indent: 1, wide })] : []),
    ...(ui.problem === '' ? [] : hanging([span(' ! ', 'warn')], ui.problem, { width, wide })),
    ...(ui.starting ? [row(` ${say('ui.intake.starting')}`)] : []),
  ];
};
