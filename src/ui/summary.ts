import { statementOf } from '../report/candidate.js';
import { residualTitles } from '../report/residual.js';
import { causeTitle } from '../report/sentence.js';
import { endsOf, reportInput, titleOf } from './facts.js';
import { remediesShown } from './screens/remedy.js';
import type { View } from './view.js';

const judgement = (view: View): string => {
  const { say, look } = view;
  const verdict = look?.verdict;
  const [best] = verdict?.causes ?? [];
  if (verdict?.result !== 'fault' || !best) return say(`ui.verdict.${verdict?.result ?? 'none'}`);
  return `${statementOf(reportInput(view), best)} (${best.id}, ${say(`report.certainty.${best.certainty}`)})`;
};

const nextStep = (view: View): string | undefined => {
  const next = view.look?.verdict?.next;
  return remediesShown(view)[0]?.title ?? (next === undefined ? undefined : titleOf(view, next));
};

const residue = (view: View): string => {
  const titles = residualTitles(reportInput(view));
  return titles.length > 0 ? `${view.say('report.unexplained')}: ${titles.join(', ')}` : '';
};

/** Six plain lines for the channel. */
export const summary = (view: View): string => {
  const { say, look } = view;
  if (!look) return '';
  const { ruledOut, notChecked } = look.verdict ?? { ruledOut: [], notChecked: [] };
  const saved = view.saved();
  const line = (key: string, value: string | undefined) => `${say(key)}: ${value || say('report.none')}`;
  return [
    say('ui.flow', endsOf(look)),
    judgement(view),
    line('report.ruled-out', ruledOut.map(({ id }) => `${id} ${causeTitle(reportInput(view), id)}`).join(', ')),
    line('report.not-checked', notChecked.map(({ check }) => titleOf(view, check)).join(', ')),
    line('report.next', [nextStep(view), residue(view)].filter(Boolean).join('; ')),
    line('report.session', saved && `${saved.id}, ${saved.root}`),
  ].join('\n');
};
