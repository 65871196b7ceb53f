import { type FilledRemedy, remediesOf } from '../../report/candidate.js';
import { reportInput, titleOf } from '../facts.js';
import { glyphsOf } from '../marks.js';
import { blank, hanging, paragraph, type Row, row, selectedRow, span } from '../row.js';
import type { View } from '../view.js';
import { wrapCommand } from '../wrap.js';

/** Remedies of the best cause. A cause that is only possible proposes none. */
export const remediesShown = (view: View): FilledRemedy[] => {
  const { causes, result } = view.look?.verdict ?? { causes: [], result: null };
  const [best] = causes;
  return best && result === 'fault' ? remediesOf(reportInput(view), best) : [];
};

const riskOf = ({ say }: View, { inWords, severity }: FilledRemedy) =>
  `${say(inWords.includes('rollback') ? 'ui.undo.no' : 'ui.undo.yes')}   ${say(`report.severity.${severity}`)}`;

/** Whether they are text here, or one of them can be applied. */
const remark = ({ actions }: View) => (actions.fix ? 'ui.remedies.fix' : 'ui.remedies.text-only');

/** The ways out by number, each with what it risks. */
export const remedyList = (view: View, width: number): Row[] => {
  const { say, ui, appearance } = view;
  const { wide } = appearance;
  const remedies = remediesShown(view);
  if (remedies.length === 0) return [];
  return [
    ...hanging([span(` ${say('ui.remedies')}`, 'strong'), span('  ')], say(remark(view)), { width, wide }),
    ...remedies.flatMap((remedy, at): Row[] => {
      const isChosen = ui.chosen === at;
      const label: Row = [span(` ${isChosen ? glyphsOf(appearance).pointer : ' '} ${at + 1}  `)];
      const title = hanging(label, remedy.title, { width, wide });
      return [
        ...(isChosen ? title.map((line) => selectedRow(line, width, wide)) : title),
        ...paragraph(riskOf(view, remedy), width, { indent: 6, wide }),
      ];
    }),
  ];
};

interface Place {
  readonly view: View;
  readonly width: number;
}

const line = ({ view, width }: Place, label: string, text: string): Row[] => [
  blank,
  row(` ${label}`, 'strong'),
  ...wrapCommand(text, width - 6, view.appearance.wide).map((part, at) => row(`   ${at === 0 ? '$ ' : '  '}${part}`)),
];

const sentence = ({ view, width }: Place, label: string, text: string): Row[] => [
  blank,
  row(` ${label}`, 'strong'),
  ...paragraph(text, width, { indent: 3, wide: view.appearance.wide }),
];

/** One way out, as text: what to look at and keep before, what to type, and the way back. */
export const remedyRows = (view: View, width: number): Row[] => {
  const remedy = remediesShown(view)[view.ui.chosen];
  if (!remedy) return [];
  const { say, appearance } = view;
  const { wide } = appearance;
  const place = { view, width };
  const deed = (key: string, part: FilledRemedy['inWords'][number]) =>
    (remedy.inWords.includes(part) ? sentence : line)(place, say(key), remedy[part]);
  return [
    ...paragraph(remedy.title, width, { indent: 1, tone: 'strong', wide }),
    ...paragraph(`${riskOf(view, remedy)}. ${remedy.effect}`, width, { indent: 1, wide }),
    ...paragraph(say(remark(view)), width, { indent: 1, wide }),
    ...deed('report.remedy.precheck', 'precheck'),
    ...(remedy.capture === null ? [] : line(place, say('report.remedy.capture'), remedy.capture)),
    ...deed('report.remedy.command', 'command'),
    ...deed('report.undo', 'rollback'),
    blank,
    row(` ${say('report.remedy.verify')}`, 'strong'),
    ...remedy.verify.flatMap((check) => paragraph(titleOf(view, check), width, { indent: 3, wide })),
  ];
};
