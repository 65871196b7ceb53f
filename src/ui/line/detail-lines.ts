import { chartFact } from '../../domain/series-chart.js';
import { statementOf } from '../../report/candidate.js';
import { residualLines } from '../../report/residual.js';
import { ruleFact, ruleLines } from '../../report/rule-drawing.js';
import { findingSentence, reasonText } from '../../report/sentence.js';
import { seriesLines } from '../../report/series-drawing.js';
import { sharingLines } from '../../report/sharing.js';
import { byHand, reportInput, titleOf } from '../facts.js';
import { remediesShown } from '../screens/remedy.js';
import type { Subject } from '../subject.js';
import type { View } from '../view.js';

const field = (view: View, name: string, value: string) => view.say('ui.line.fact', { name, value });

export const explainLines = (view: View, { check, finding }: Subject): string[] => {
  const text = view.catalog.steps[check]?.text[view.language];
  return [
    titleOf(view, check),
    field(view, view.say('ui.check.question'), text?.question ?? ''),
    field(view, view.say('ui.check.why'), text?.why ?? ''),
    view.say('ui.line.by-hand', { command: byHand(view, check, finding) }),
  ];
};

export const evidenceLines = (view: View, { finding }: Subject): string[] =>
  finding
    ? [
        field(view, view.say('ui.evidence.outcome'), finding.outcome),
        ...Object.entries(finding.facts)
          .filter(([name]) => name !== ruleFact && name !== chartFact)
          .map(([name, value]) => field(view, name, typeof value === 'string' ? value : JSON.stringify(value))),
        ...seriesLines(finding.facts),
        ...ruleLines(finding.facts),
        field(view, view.say('ui.evidence.kept'), finding.evidence.join(', ') || view.say('report.none')),
      ]
    : [view.say('ui.evidence.not-yet')];

const stateOf = { fault: 'fail', healthy: 'pass', inconclusive: 'unsure' } as const;

/** The verdict as one fact to a line. */
export const verdictLines = (view: View): string[] => {
  const { look, say } = view;
  const verdict = look?.verdict;
  if (!verdict) return [];
  const input = reportInput(view);
  const [best] = verdict.causes;
  const isFault = verdict.result === 'fault' && best;
  const grounds = best?.grounds.filter(({ weight }) => weight !== 'refuting') ?? [];
  const because = grounds.flatMap(
    ({ check, node }) => look.trail.findLast((finding) => finding.check === check && finding.node === node) ?? [],
  );
  const saved = view.saved();
  return [
    say('ui.line.verdict', {
      word: say(`report.result.${stateOf[verdict.result]}`),
      sentence: isFault ? statementOf(input, best) : say(`ui.verdict.${verdict.result}`),
    }),
    ...(isFault
      ? [say('ui.verdict.certainty', { id: best.id, certainty: say(`report.certainty.${best.certainty}`) })]
      : []),
    ...because.map((finding) => field(view, say('report.because'), findingSentence(input, finding))),
    ...sharingLines(input).map((line) => field(view, say('report.sharing'), line)),
    ...verdict.ruledOut.map(({ id }) => field(view, say('report.ruled-out'), id)),
    ...verdict.notChecked.map(({ check, reason }) =>
      field(view, say('report.not-checked'), `${titleOf(view, check)} (${reasonText(input, reason)})`),
    ),
    ...residualLines(input).map((line) => field(view, say('report.unexplained'), line)),
    ...(saved ? [say('ui.line.saved', { id: saved.id, folder: saved.folder })] : []),
  ];
};

export const remedyLines = (view: View, at: number): string[] => {
  const remedy = remediesShown(view)[at];
  if (!remedy) return [];
  const { say } = view;
  return [
    remedy.title,
    say(`report.severity.${remedy.severity}`),
    remedy.effect,
    say('ui.remedies.text-only'),
    field(view, say('report.remedy.precheck'), remedy.precheck),
    ...(remedy.capture === null ? [] : [field(view, say('report.remedy.capture'), remedy.capture)]),
    field(view, say('report.remedy.command'), remedy.command),
    field(view, say('report.undo'), remedy.rollback),
    field(
      view,
      say('report.remedy.verify'),
      remedy.verify.map((check) => titleOf(view, check)).join(say('ui.list.separator')),
    ),
  ];
};
