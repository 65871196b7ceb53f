import type { Facts } from '../../domain/finding.js';
import { chartFact } from '../../domain/series-chart.js';
import { ruleFact } from '../../report/rule-drawing.js';
import { reasonText } from '../../report/sentence.js';
import { reportInput, titleOf } from '../facts.js';
import { blank, hanging, paragraph, type Row, row, span } from '../row.js';
import {
  commandRows,
  followRows,
  outcomeRows,
  pathRows,
  resultRows,
  ruleRows,
  seriesRows,
} from '../screens/check-panel.js';
import { subjectOf } from '../subject.js';
import type { View } from '../view.js';

const section = (heading: string, rows: readonly Row[]): Row[] =>
  rows.length === 0 ? [] : [blank, row(` ${heading}`, 'strong'), ...rows];

const moved = (rows: readonly Row[]): Row[] => rows.map((line) => [span('   '), ...line]);

/** The five texts of a check. */
export const whyRows = (view: View, width: number): Row[] => {
  const subject = subjectOf(view);
  if (!subject) return [];
  const { say, catalog, language, appearance } = view;
  const { wide } = appearance;
  const text = catalog.steps[subject.check]?.text[language];
  return [
    row(` ${subject.number} ${titleOf(view, subject.check)}`, 'strong'),
    ...moved(resultRows(view, subject, width - 3)),
    ...section(say('ui.check.question'), paragraph(text?.question ?? '', width, { indent: 3, wide })),
    ...section(say('ui.check.why'), paragraph(text?.why ?? '', width, { indent: 3, wide })),
    ...section(say('ui.check.by-hand'), moved(commandRows(view, subject, width - 4))),
    ...section(say('ui.check.follows'), moved(followRows(view, subject, width - 3))),
    ...section(say('ui.check.outcomes'), moved(outcomeRows(view, subject, width - 3))),
    ...section(
      say('ui.check.reading'),
      (text?.reading ?? []).map((url) => row(`   ${url}`)),
    ),
  ];
};

const factRows = (facts: Facts, width: number, view: View): Row[] =>
  Object.entries(facts)
    .filter(([name]) => name !== ruleFact && name !== chartFact)
    .flatMap(([name, value]) =>
      hanging([span(`   ${name}: `)], typeof value === 'string' ? value : JSON.stringify(value), {
        width,
        wide: view.appearance.wide,
      }),
    );

/** What a check has seen, as values, and where the proof is kept. */
export const evidenceRows = (view: View, width: number): Row[] => {
  const subject = subjectOf(view);
  if (!subject) return [];
  const { say, appearance } = view;
  const { finding } = subject;
  const { wide } = appearance;
  const head = row(` ${subject.number} ${titleOf(view, subject.check)}`, 'strong');
  if (!finding) return [head, blank, ...paragraph(say('ui.evidence.not-yet'), width, { indent: 1, wide })];
  const facts = factRows(finding.facts, width, view);
  const folder = view.saved()?.folder;
  const proof =
    finding.evidence.length > 0
      ? [row(`   ${finding.evidence.join(', ')}`), ...(folder ? paragraph(folder, width, { indent: 3, wide }) : [])]
      : [];
  return [
    head,
    ...moved(resultRows(view, subject, width - 3)),
    ...section(say('report.series.heading'), moved(seriesRows(view, subject, width - 3))),
    ...section(say('report.path.heading'), moved(pathRows(view, subject, width - 3))),
    ...section(say('report.rule.heading'), moved(ruleRows(view, subject, width - 3))),
    ...section(say('ui.evidence.outcome'), [row(`   ${finding.outcome}`)]),
    ...section(
      say('ui.evidence.reason'),
      finding.reason ? paragraph(reasonText(reportInput(view), finding.reason), width, { indent: 3, wide }) : [],
    ),
    ...section(say('ui.evidence.facts'), facts.length > 0 ? facts : [row(`   ${say('report.none')}`)]),
    ...section(say('ui.evidence.kept'), proof.length > 0 ? proof : [row(`   ${say('report.none')}`)]),
  ];
};
