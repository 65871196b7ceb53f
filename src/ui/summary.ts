import { statementOf } from '../report/candidate.js';
import { causeTitle } from '../report/sentence.js';
import { endsOf, reportInput, titleOf } from './facts.js';
import { remediesShown } from './screens/verdict.js';
import type { View } from './view.js';

/** Six plain lines for the channel. */
export const summary = (view: View): string => {
  const { say, look } = view;
  const verdict = look?.verdict;
  if (!look) return '';
  const input = reportInput(view);
  const [best] = verdict?.causes ?? [];
  const isFault = verdict?.result === 'fault' && best;
  const sentence = isFault ? statementOf(input, best) : say(verdict ? `ui.verdict.${verdict.result}` : 'ui.verdict.none');
  const certainty = isFault ? ` (${best.id}, ${say(`report.certainty.${best.certainty}`)})` : '';
  const [remedy] = remediesShown(view);
  const saved = view.saved();
  const none = say('report.none');
  return [
    `${say('ui.flow', endsOf(look))}`,
    `${sentence}${certainty}`,
    `${say('report.ruled-out')}: ${verdict?.ruledOut.map(({ id }) => `${id} ${causeTitle(input, id)}`).join(', ') || none}`,
    `${say('report.not-checked')}: ${verdict?.notChecked.map(({ check }) => titleOf(view, check)).join(', ') || none}`,
    `${say('report.next')}: ${remedy?.title ?? (verdict?.next === undefined ? none : titleOf(view, verdict.next))}`,
    `${say('report.session')}: ${saved ? `${saved.id}, ${saved.root}` : none}`,
  ].join('\n');
};
